@promise:case-new-after-close
Feature: A contact who writes after the Case was closed gets a new one

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @smoke @F74
  Scenario: A mail after the close opens a second Case and leaves the first alone
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Where is it?" 1 time
    When Ruiz replies on case A: "It has arrived."
    And Ruiz closes case A
    Then case A is closed
    When 3 days pass
    And Dana emails help@acme.test about "Order 2044": "This one is broken."
    And the AI hands off: "Order 2044 arrived broken"
    Then case B opens from opencx with the summary "Order 2044 arrived broken"
    And case B gains the comment "This one is broken."
    And case A tells "Where is it?" 1 time
    And case A does not tell "This one is broken."
    And case A is closed
    And Dana has 1 open case
    And Dana has 2 cases
    When Ruiz replies on case B: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread from help@acme.test
