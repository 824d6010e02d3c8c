Feature: A bridge that forgets to take the session from the AI

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    And the AI keeps answering until a person is active

  Scenario: The AI finishes its answer after the rep's
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    When the AI starts an answer that takes 8 seconds: "I can help with that."
    And Ruiz replies on case A: "Looking into it."
    Then Dana receives "Looking into it." in the same thread
    # The answer that the AI was writing must not follow.
    And the AI stays silent
