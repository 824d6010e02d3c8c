@promise:keeps-trying @I17 @house
Feature: While a vendor refuses every call one conversation asks for all

  Scenario: Four replies wait for OpenCX, and Salesforce is slow
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the customer Fay writes from fay@example.test
    And the customer Gus writes from gus@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Fay emails help@acme.test about "Table": "It creaks."
    And the AI hands off Fay's conversation: "A table creaks"
    Then case C opens from opencx with the summary "A table creaks"
    When Gus emails help@acme.test about "Sofa": "It is torn."
    And the AI hands off Gus's conversation: "A sofa is torn"
    Then case D opens from opencx with the summary "A sofa is torn"
    Given Salesforce takes 2 seconds for each answer for 2 hours
    And OpenCX answers everything with status 429 for 2 hours
    When Ruiz replies on case A: "Which lamp is it?"
    And Ruiz replies on case B: "Which chair is it?"
    And Ruiz replies on case C: "Which table is it?"
    And Ruiz replies on case D: "Which sofa is it?"
    And 110 minutes pass
    Then the bridge has made at most 90 calls to Salesforce
    When 30 minutes pass
    Then Gus receives "Which sofa is it?" in the same thread
    And the bridge has nothing left to do
