Feature: One scenario of each verdict, for the report

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: Green: the rep's reply reaches the customer
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    When Ruiz replies on case A: "Looking into it."
    Then Dana receives "Looking into it." in the same thread
    When 2 days pass
    And Dana emails help@acme.test about "Another thing" with the file "broken-cup.png" and the file "notes.txt": "Any news?"
    And the AI hands off:
      """
      Asks for news
      """
    Then case A gains the comment "Any news?"

  @pending(nobody-closes-it-yet)
  Scenario: Pending: a Case that will be closed
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    And case A is closed

  Scenario: Red: a mail that nobody writes
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    When Ruiz replies on case A: "Looking into it."
    Then Dana receives "Looking after it." in the same thread
    And case A is closed

  Scenario: Red: a Case that is not closed
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    And case A is closed

  Scenario: Not exercised: the run ends before it begins
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    Then Dana receives nothing
