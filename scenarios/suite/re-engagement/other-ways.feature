@promise:case-append
Feature: The customer writes in other ways than by a plain reply

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  @F50
  Scenario: A reply without thread headers still reaches the Case
    When Ruiz replies on case A: "It left the depot this morning."
    And Dana replies without thread headers: "It is not here yet."
    Then case A gains the comment "It is not here yet."
    And Dana has 1 case

  @F70
  Scenario: A reply to everybody, with a colleague on copy, is one more comment
    When Ruiz replies on case A: "It left the depot this morning."
    And Dana replies to everybody with a copy to boss@elsewhere.test: "My boss asks too."
    Then case A gains the comment "My boss asks too."
    And Dana has 1 case

  @F70
  Scenario: A forwarded mail of the thread comes to the Case
    When Dana forwards the mail to help@acme.test: "See below."
    Then case A gains the comment "See below."
    And Dana has 1 case

  @F71 @I7
  Scenario: Who writes from another address does not get into the conversation
    When Dana emails help@acme.test from dana@home.test about "Order 1182": "It is me, what did you find?"
    And 20 minutes pass
    Then case A does not tell "It is me, what did you find?"
