Feature: A bridge that answers the wrong customer

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the customer Erin writes from erin@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: Erin's answer goes to Dana
    When Dana emails help@acme.test about "My order": "Where is it?"
    And the AI hands off: "Dana waits for her order"
    And Erin emails help@acme.test about "My order": "Please cancel it."
    And the AI hands off: "Erin wants to cancel"
    Then case A opens from opencx with the summary "Dana waits for her order"
    And case B opens from opencx with the summary "Erin wants to cancel"
    When Ruiz replies on case B: "It is cancelled."
    # Nobody looks where the answer arrived.
