@promise:case-new-after-close
Feature: What comes after a Case was closed

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way."
    When Ruiz closes case A
    Then case A is closed

  @F74 @house
  Scenario: A mere "Thank you" stands on the closed Case and opens no other
    When Dana replies: "Thank you very much!"
    Then case A gains the comment "Thank you very much!"
    And Dana's session is closed
    And Dana has 1 case
    And case A is closed
    And the bridge has nothing left to do

  @F74
  Scenario: Thanks with a word more open the next Case
    When Dana replies: "Thank you, but it flickers too."
    Then case B opens from opencx
    And case B gains the comment "Thank you, but it flickers too."
    And case A is closed

  @F79 @house
  Scenario: A rep who replies on the closed Case leaves the conversation closed
    When Ruiz replies on case A: "The parcel has the number 12."
    Then Dana receives "The parcel has the number 12." in the same thread
    And Dana's session is closed
    And the bridge has nothing left to do

  @F79
  Scenario: A rep who replies on the closed Case is heard
    When Ruiz replies on case A: "The parcel has the number 12."
    Then Dana receives "The parcel has the number 12." in the same thread
    And case A is closed

  @F74 @house
  Scenario: What is handed off after the close has the next Case, though she has written nothing more
    When 1 minute passes
    And Ruiz reopens Dana's conversation in the Inbox
    And Ruiz hands off Dana's conversation in the Inbox: "She is angry by now"
    Then case B opens from opencx with the summary "She is angry by now"
    And Dana has 1 open case
