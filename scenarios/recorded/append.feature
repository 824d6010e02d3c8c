Feature: A mail on an open Case

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: She writes again while her Case is open
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    When Ruiz replies on case A: "Looking into it."
    Then Dana receives "Looking into it." in the same thread
    When Dana emails help@acme.test about "Another thing": "Any news?"
    And the AI hands off: "Asks for news"
    Then case A gains the comment "Any news?"
    And Dana has 1 case
