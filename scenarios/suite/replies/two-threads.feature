@promise:reply @F72
Feature: A reply goes where the customer spoke last, whoever has spoken elsewhere since

  Scenario: The AI is still writing in her other conversation
    Given the AI keeps answering until a person is active
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Dana emails help@acme.test about "Invoice": "I need an invoice."
    And the AI starts an answer to Dana that takes 30 seconds: "Which year?"
    And Dana replies to the mail about "Order 1182": "And the order?"
    And 1 minute passes
    And Ruiz replies on case A: "It left the depot."
    Then Dana receives "It left the depot." in the same thread
    And the bridge has nothing left to do
