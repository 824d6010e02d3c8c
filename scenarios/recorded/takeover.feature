Feature: A takeover

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: A rep answers and the AI falls silent
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    When Ruiz replies on case A: "I have it from here."
    Then Dana receives "I have it from here." in the same thread
    When Dana replies: "Thank you!"
    Then case A gains the comment "Thank you!"
    And the AI stays silent
