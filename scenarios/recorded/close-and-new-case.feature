Feature: A close and a new Case

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: A mail after the close opens a second Case
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    When Ruiz replies on case A: "It has arrived."
    Then Dana receives "It has arrived." in the same thread
    When Ruiz closes case A
    Then case A is closed
    When Dana emails help@acme.test about "Order 2044": "This one is broken."
    And the AI hands off: "Order 2044 arrived broken"
    Then case B opens from opencx with the summary "Order 2044 arrived broken"
    And Dana has 2 cases
