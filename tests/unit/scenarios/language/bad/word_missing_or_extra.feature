Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    When Ruiz takes over Dana's conversation in Inbox
    And Ruiz quickly takes over Dana's conversation in the Inbox
    And Dana emails help@acme.test about "Order 1182":
    And the AI answers "Let me look."
