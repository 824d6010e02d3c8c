@promise:webhooks-are-hints @house
Feature: An org that names its Cases by 15 characters is understood

  Scenario: Replies and the close are heard at once
    Given the org names Cases by 15 characters in its webhooks
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "It is the bulb."
    Then Dana receives "It is the bulb." within 10 seconds
    And the last webhook from Salesforce names case A by 15 characters
    And Dana has received 1 mail
    When Ruiz closes case A
    And 1 minute passes
    Then Dana's session is closed
    And the bridge has refused 0 webhooks from Salesforce
    And the bridge has nothing left to do
