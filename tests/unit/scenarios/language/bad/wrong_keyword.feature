Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And Dana has 0 cases
    Then Ruiz takes over Dana's conversation in the Inbox
    Given the AI keeps answering until a person is active
    When the rep Okafor works the queue "Support"
