Feature: A rep's reply does not reach the contact

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: Salesforce's webhook is lost, and the sweep finds the reply
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    Given the next webhook from Salesforce is lost
    When Ruiz replies on case A: "It left the depot this morning."
    And 30 minutes pass
    Then Dana receives "It left the depot this morning." in the same thread
    And Dana has received 1 mail
