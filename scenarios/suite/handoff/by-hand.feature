@promise:case-create @promise:by-hand
Feature: A person in the Inbox hands over by taking the conversation

  Scenario: The conversation that an agent takes over in the Inbox gets its Case
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And Ruiz takes over Dana's conversation in the Inbox
    Then case A opens from opencx
    And case A gains the comment "It flickers."
    And Dana's session shows case A
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    And the bridge has nothing left to do

  @house
  Scenario: Nobody has written a summary, and the Case says so
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And Ruiz takes over Dana's conversation in the Inbox
    Then case A opens from opencx with the summary "Taken over by hand in the OpenCX Inbox. No summary was written."
