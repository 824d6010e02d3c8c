@promise:lifecycle @F75 @house
Feature: A reply that waits reaches its customer, though her Case becomes another one's too, and she writes anew

  Scenario: The other customer came to a Case that a rep had opened by hand
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz opens case B for Eli about "Order 7": "He has telephoned."
    And Eli emails help@acme.test about "Order 7": "Where is it?"
    And the AI answers Eli: "Which one is it?"
    Given OpenCX answers the next 6 message sends with status 503
    When Ruiz replies on case A: "A new one is on its way."
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    And Ruiz merges case B into case A
    And Eli replies: "It was a lamp, too."
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And 1 hour passes
    Then Dana receives "A new one is on its way."
    And case A tells "It was a lamp, too." 1 time
    And case A tells "It wobbles." 1 time
    And Dana has received 1 mail
    And Eli has received 1 mail
