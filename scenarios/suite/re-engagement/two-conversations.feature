@promise:case-append @F72
Feature: Two conversations of one customer on one Case

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When 1 hour passes
    And Dana emails help@acme.test about "Invoice": "I need an invoice."
    And the AI hands off: "Dana asks for an invoice"
    Then case A gains the comment "I need an invoice."
    And case A gains the comment "Dana asks for an invoice"

  Scenario: The reply goes where she spoke last
    When Ruiz replies on case A: "Here is all of it."
    Then Dana receives "Here is all of it." in the same thread
    And Dana has received 1 mail

  @house
  Scenario: Both conversations end with the Case
    When Ruiz closes case A
    Then Dana's session is closed
    And Dana has 0 open cases

  Scenario: The second handoff says why, once
    Then case A tells "Where is it?" 1 time
    And case A tells "I need an invoice." 1 time
    And case A tells "Dana asks for an invoice" 1 time
    And Dana has 1 case

  @house
  Scenario: A conversation that was deleted in the Inbox holds up no reply to the other
    When Ruiz deletes Dana's conversation in the Inbox
    And Ruiz replies on case A: "We look into both."
    Then Dana receives "We look into both."

  Scenario: What she wrote while the Case was closed joins it when it is open again, and answers what came before that in its own conversation
    When Ruiz replies on case A: "It is at your door."
    And Ruiz closes case A
    And 20 minutes pass
    And Dana emails help@acme.test about "Something else": "Do you sell chairs?"
    And Ruiz sets case A to "Working"
    And Ruiz replies on case A: "Is all well with it?"
    Then Dana receives "Is all well with it?"
    When 1 hour passes
    Then the bridge has nothing left to do
