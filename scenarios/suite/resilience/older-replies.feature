@promise:reply @F80 @house
Feature: What was said on a Case before a conversation came onto it is mailed to nobody, with a lost store neither

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Ruiz opens case A for Dana about "Order 1182": "She has telephoned."
    And Ruiz replies on case A: "As I said: on Friday."
    And 1 hour passes
    And Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A gains the comment "Where is it?"

  Scenario: Her next conversation finds the one before
    Given the bridge is killed
    When 20 hours pass
    Given the bridge starts again with nothing stored
    When Dana emails help@acme.test about "Invoice": "I need an invoice."
    And the AI hands off: "Dana needs an invoice"
    Then case A gains the comment "I need an invoice."
    When 1 hour passes
    Then Dana receives nothing
    When Ruiz replies on case A: "Here is the invoice."
    Then Dana receives "Here is the invoice." under the subject "Invoice"
    And Dana has received 1 mail

  Scenario: The Case was closed since
    When Ruiz closes case A
    And 1 hour passes
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Ruiz writes to Dana in the Inbox: "How did it go?"
    And 1 hour passes
    Then Dana has received 1 mail
    And Dana has 1 case

  Scenario: The bridge is started again, with what it knew
    Given the bridge is killed
    And the bridge starts again
    When Ruiz takes case A
    And 1 hour passes
    Then Dana receives nothing
