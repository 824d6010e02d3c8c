Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    When Dena emails help@acme.test about "Order 1182": "Where is it?"
    And Dana emails help@acme.tst about "Order 1182": "Where is it?"
    And Zoe emails sales@example.org about "Order 1182": "Where is it?"
    And the AI hands off: "Refund"
    Then case A opens from opencx with the summary "Refund"
    When Ruis replies on case A: "Hello."
    And Ruiz replies on case B: "Hello."
    And Dana takes case A
    Then case A opens from opencx with the summary "Refund"
