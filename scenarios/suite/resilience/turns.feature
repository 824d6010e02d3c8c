@house @promise:case-append
Feature: A slow answer holds up the conversation that waits for it, and no other longer than it must

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the customer Fay writes from fay@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: While one conversation waits for the org the next is served at once
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    Given Salesforce takes 9 seconds to answer the next CaseComment create
    When Dana replies: "It is the tall one."
    And Eli replies: "It is the red one."
    Then case B gains the comment "It is the red one." within 5 seconds
    And case A gains the comment "It is the tall one."

  Scenario: With one worker they take turns, and who has waited longest is next
    Given the bridge's setting "workers" is "1"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Fay emails help@acme.test about "Table": "It leans."
    And the AI hands off Fay's conversation: "A table leans"
    Then case C opens from opencx with the summary "A table leans"
    Given Salesforce takes 9 seconds to answer the next 3 CaseComment creates
    When Dana replies: "It is the tall one."
    And Eli replies: "It is the red one."
    And Fay replies: "It is the long one."
    Then case B gains the comment "It is the red one." within 10 seconds
    And case C gains the comment "It is the long one."
