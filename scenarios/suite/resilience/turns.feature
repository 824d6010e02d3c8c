@promise:case-create
Feature: A slow answer holds up the conversation that waits for it, and no other longer than it must

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the customer Fay writes from fay@example.test
    And the rep Ruiz works the queue "Support"

  @house
  Scenario: While one Case takes its time the next one is opened at once
    Given Salesforce takes 50 seconds to answer the next Case create
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    And Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    And 10 seconds pass
    Then Eli has 1 case
    When 1 minute passes
    Then Dana has 1 case

  @house
  Scenario: With one worker they take turns, and who has waited longest is next
    Given the bridge's setting "workers" is "1"
    And Salesforce takes 20 seconds to answer the next 2 Case creates
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    And Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    And Fay emails help@acme.test about "Table": "It leans."
    And the AI hands off Fay's conversation: "A table leans"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case B opens from opencx with the summary "A chair wobbles"
    And case C opens from opencx with the summary "A table leans"
    And "CaseNumber" of case B is "00001002"
