Feature: Other words
  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    When Dana writes to help@acme.test: "Where is it?"
    And the AI escalates to a person: "Refund"
    And we wait for 2 days
    And Ruiz answers the ticket A with "Soon."
    Then Dana gets the mail "Soon."
    And the bot is quiet
    And there is 1 ticket open for Dana
    And the moon is full
    And case A gets closed
