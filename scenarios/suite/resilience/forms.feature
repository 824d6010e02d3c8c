@promise:reply @house
Feature: A callout whose author set no type is heard

  Scenario Outline: Apex calls its JSON <type>
    Given the org sends its webhooks as "<type>"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." within 10 seconds
    And the bridge has refused 0 webhooks from Salesforce

    Examples:
      | type                              |
      | application/x-www-form-urlencoded |
      | application/json; charset=utf-8   |
      | Application/JSON                  |
      | application/vnd.acme+json         |
      | text/plain                        |
