@promise:case-append @F72
Feature: A customer for whom somebody has opened a Case already stays on it

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Ruiz opens case A for Dana about "Order 1182": "She has telephoned."

  @house
  Scenario: Her mail joins it, and what was written there before is not mailed to her
    When Ruiz replies on case A: "As I said: on Friday."
    And 1 hour passes
    And Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A gains the comment "Where is it?"
    And case A gains the comment "Dana waits for order 1182"
    And Dana has 1 case
    When Ruiz replies on case A: "It left the depot."
    Then Dana receives "It left the depot." in the same thread
    And Dana has received 1 mail

  Scenario: Her next conversation, which nobody hands off, stands on it too
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A tells "It flickers."
    When Dana emails help@acme.test about "Chair": "It wobbles."
    And 1 hour passes
    Then case A tells "It wobbles."

  @house
  Scenario: What was written there before she came is hers no more when somebody adds to it
    When Ruiz replies on case A: "As I said: on Friday."
    And 1 hour passes
    And Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A gains the comment "Where is it?"
    When Ruiz attaches the file "invoice.pdf" to the last reply on case A
    And 1 day passes
    Then Dana receives nothing

  @F75 @house
  Scenario: Nor is it mailed when the Case goes into another
    When Ruiz replies on case A: "As I said: on Friday."
    And 1 hour passes
    And Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A gains the comment "Where is it?"
    When Ruiz replies on case A: "Which order?"
    Then Dana receives "Which order?" in the same thread
    When Ruiz opens case B for Dana about "Order 1182": "She has telephoned again."
    And Ruiz merges case A into case B
    And Dana replies: "It never came."
    Then case B tells "It never came."
    When Ruiz replies on case B: "It left the depot."
    And 1 day passes
    Then Dana receives "It left the depot." in the same thread
    And Dana has received 2 mails
