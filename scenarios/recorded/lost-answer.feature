Feature: A lost answer

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: Salesforce makes the Case but the answer is lost
    Given Salesforce accepts the next Case create but loses the answer
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    And Dana's session shows case A
    And Dana has 1 case
