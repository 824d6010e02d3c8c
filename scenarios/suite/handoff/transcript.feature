@promise:case-content
Feature: The whole conversation stands on the Case, with who said it

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: Customer and AI, in order
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI answers: "Which order is it?"
    And Dana replies: "It is order 1182."
    And the AI answers: "Let me ask a person."
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Where is it?"
    And case A tells "Which order is it?"
    And case A tells "It is order 1182."
    And case A tells "Let me ask a person."

  @house
  Scenario: One comment for each message, headed by who said it
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI answers: "Let me ask a person."
    And Dana replies with the file "broken-cup.png": "Please do."
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A has the comments:
      | Dana (customer): Where is it?        |
      | (AI): Let me ask a person.           |
      | Dana (customer): Please do.          |
    And case A gains the comment "[file: broken-cup.png]"

  Scenario: What the customer writes after the handoff
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Dana replies: "I need it on Friday."
    Then case A gains the comment "I need it on Friday."
    When Dana replies: "I need it on Friday."
    Then case A gains the comment "I need it on Friday."

  Scenario: A message of several lines
    When Dana emails help@acme.test about "Order 1182":
      """
      Where is it?

      I ordered it on Monday.
      It was to come on Tuesday.
      """
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Where is it?"
    And case A tells "I ordered it on Monday."
    And case A tells "It was to come on Tuesday."

  Scenario: A conversation of thirty mails
    When Dana emails help@acme.test about "Order 1182": "Word number 101."
    And the AI answers: "I am listening."
    And Dana replies: "Word number 102."
    And Dana replies: "Word number 103."
    And Dana replies: "Word number 104."
    And Dana replies: "Word number 105."
    And Dana replies: "Word number 106."
    And Dana replies: "Word number 107."
    And Dana replies: "Word number 108."
    And Dana replies: "Word number 109."
    And Dana replies: "Word number 110."
    And Dana replies: "Word number 111."
    And Dana replies: "Word number 112."
    And Dana replies: "Word number 113."
    And Dana replies: "Word number 114."
    And Dana replies: "Word number 115."
    And Dana replies: "Word number 116."
    And Dana replies: "Word number 117."
    And Dana replies: "Word number 118."
    And Dana replies: "Word number 119."
    And Dana replies: "Word number 120."
    And Dana replies: "Word number 121."
    And Dana replies: "Word number 122."
    And Dana replies: "Word number 123."
    And Dana replies: "Word number 124."
    And Dana replies: "Word number 125."
    And Dana replies: "Word number 126."
    And Dana replies: "Word number 127."
    And Dana replies: "Word number 128."
    And Dana replies: "Word number 129."
    And Dana replies: "Word number 130."
    And the AI hands off: "Dana has many words"
    Then case A opens from opencx with the summary "Dana has many words"
    When 30 minutes pass
    Then case A tells "Word number 101."
    And case A tells "Word number 120."
    And case A tells "Word number 130."
    And Dana has 1 case

  @house
  Scenario: Whoever spoke stands there with the whole name
    Given Dana's mails are from "Dana van der Berg"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A gains the comment "Dana van der Berg (customer):"
    When Ruiz writes to Dana in the Inbox: "Call me."
    Then case A gains the comment "Ruiz (agent):"
