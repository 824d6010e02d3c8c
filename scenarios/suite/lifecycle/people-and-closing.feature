@promise:lifecycle @F79
Feature: A conversation is closed with its Case, and by nothing else that happens to the Case

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread

  @house
  Scenario: Opened again in the Inbox it stays open, whatever else is done to the closed Case
    When Ruiz closes case A
    Then Dana's session is closed
    When Ruiz reopens Dana's conversation in the Inbox
    And Ruiz takes case A
    And 1 hour passes
    Then Dana's session is open

  @F73 @house
  Scenario: The Case is closed between the bridge's look and its writing
    Given Salesforce takes 5 seconds to answer the next query
    When Dana replies: "The green one."
    And Ruiz closes case A
    Then case B opens from opencx
    And Dana's session shows case B
    And Dana's session is open
    And the bridge has nothing left to do

  @F1 @F73 @house
  Scenario: Her words came onto the Case after it was closed, and the next one says so
    Given Salesforce breaks off the next CaseComment create and does it 4 seconds later
    When Dana replies: "The green one."
    And Ruiz closes case A
    Then case B opens from opencx
    And case B gains the comment "while the Case before this one was being closed"
    And case A tells "The green one." 1 time

  @house
  Scenario: A Case that is closed again after she has written closes the conversation again
    When Ruiz closes case A
    Then Dana's session is closed
    When Ruiz reopens case A
    And Dana replies: "The green one."
    Then case A gains the comment "The green one."
    And Dana's session is open
    When Ruiz closes case A
    And 1 hour passes
    Then Dana's session is closed
    And Dana has 1 case

  @F73 @F74 @house
  Scenario Outline: What is handed off once more <how> has the next Case
    Given Salesforce <fault>
    When Ruiz hands off Dana's conversation in the Inbox: "She is angry by now"
    And Ruiz closes case A
    And 10 minutes pass
    Then case B opens from opencx with the summary "She is angry by now"
    And case B does not tell "while the Case before this one"
    And Dana's session shows case B
    And Dana has 1 open case

    Examples:
      | how                                                     | fault                                                                |
      | between the bridge's look at the Case and its closing   | takes 5 seconds to answer the next query                             |
      | and lands on the Case when it is closed                 | breaks off the next CaseComment create and does it 4 seconds later   |

  @F73 @house
  Scenario: Words that came too late are told of nowhere when their own Case is opened again
    Given Salesforce takes 5 seconds to answer the next query
    And Salesforce refuses the next Case create with UNABLE_TO_LOCK_ROW
    When Dana replies: "The green one."
    And Ruiz closes case A
    And 3 seconds pass
    And Ruiz reopens case A
    And 1 hour passes
    Then case A tells "The green one." 1 time
    And case A does not tell "while the Case before this one"
    And Dana has 1 case
    And the bridge has nothing left to do

  @F73 @house
  Scenario: What an agent said while the Case was being closed is not told of as hers
    Given OpenCX takes 8 seconds to answer the next session read
    And Salesforce takes 8 seconds to answer the next query
    When Dana replies: "It is the tall one."
    And Ruiz writes to Dana in the Inbox: "The tall green one?"
    And 8 seconds pass
    And Ruiz closes case A
    Then case B opens from opencx
    And case B tells "while the Case before this one was being closed" 1 time
