@promise:keeps-trying @F38
Feature: A vendor's clock may be set while the bridge runs, and nothing is overlooked

  Scenario Outline: <system>'s clock turns <how>
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given <system>'s clock is <how>
    And webhooks from <system> are lost for 40 minutes
    When <deed>
    And 45 minutes pass
    Then <outcome>

    Examples:
      | system     | how             | deed                                  | outcome                                 |
      | OpenCX     | 30 minutes slow | Dana replies: "It is the tall one."   | case A tells "It is the tall one."      |
      | OpenCX     | 30 minutes fast | Dana replies: "It is the tall one."   | case A tells "It is the tall one."      |
      | Salesforce | 30 minutes slow | Ruiz replies on case A: "It is done." | Dana receives "It is done."             |
      | Salesforce | 30 minutes fast | Ruiz replies on case A: "It is done." | Dana receives "It is done."             |
