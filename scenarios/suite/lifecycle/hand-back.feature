@promise:takeover @I6 @F78
Feature: A person who is done hands the conversation back to the AI

  Background:
    Given the AI answers every mail with "Let me look."
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And Ruiz takes over Dana's conversation in the Inbox
    Then case A opens from opencx
    When Dana replies: "Is anybody there?"
    Then case A gains the comment "Is anybody there?"
    When Ruiz hands Dana's conversation back to the AI in the Inbox

  Scenario: The AI answers her next mail, and what is said stands on her open Case
    When Dana replies: "What is a watt?"
    Then Dana receives "Let me look." in the same thread
    And case A gains the comment "What is a watt?"
    And Dana's conversation is with the AI
    And the AI stays silent
    And the AI has answered Dana 2 times

  @house
  Scenario: What the AI answers stands on the Case at once
    When Dana replies: "What is a watt?"
    Then case A gains the comment "Let me look."
    When 1 minute passes
    And the AI answers Dana: "It tells how bright a lamp is."
    Then case A gains the comment "It tells how bright a lamp is." within 1 minute

  Scenario: A rep who replies on the Case has the conversation again
    When Ruiz replies on case A: "It is the bulb."
    Then Dana receives "It is the bulb." in the same thread
    When Dana replies: "Which bulb?"
    Then case A gains the comment "Which bulb?"
    And Dana's conversation is with a person
    And the AI stays silent
    And the AI has answered Dana 1 time

  Scenario: What she asks the AI after the Case was closed opens no other
    When Ruiz closes case A
    And 1 day passes
    And Dana replies: "What is a watt?"
    And 1 hour passes
    Then Dana has 1 case
    And Dana receives "Let me look." in the same thread

  Scenario: The AI hands it off once more, and what she writes after the close is for people
    When the AI hands off: "A lamp flickers again"
    Then case A gains the comment "A lamp flickers again"
    When Ruiz closes case A
    And 1 hour passes
    And Dana replies: "It is the other lamp."
    Then case B opens from opencx
    And case B gains the comment "It is the other lamp."

  Scenario: All that she and the AI say in an hour stands on her Case
    When Dana and the AI write to each other 20 times
    Then case A gains the comment "Question 20 of 20."
    And Dana has 1 case

  Scenario: A rep who replies with a file has the conversation again, too
    When Ruiz replies on case A with the file "return-label.pdf": "Send it back with this label."
    Then Dana receives "Send it back with this label." in the same thread
    When Dana replies: "Thank you, I do."
    Then case A gains the comment "Thank you, I do."
    And Dana's conversation is with a person
    And the AI stays silent
