@promise:reply @F57 @house
Feature: What a rep does with a reply that has gone out changes nothing for the customer, and the rep is told so

  Background:
    Given the bridge takes public comments for replies
    And a file "film.bin" of 11 MB
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  Scenario: A comment is changed after it was sent
    When Ruiz writes the public comment on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When 20 minutes pass
    And Ruiz edits the comment "It comes on Friday." on case A to "It comes on Monday."
    Then case A gains the comment "The comment of 2026-01-05T09:00Z was changed after it had been sent"
    When 1 day passes
    Then case A tells "was changed after it had been sent" 1 time
    And Dana has received 1 mail
    And Dana does not receive "Monday"
    And the bridge has nothing left to do

  Scenario: Twice
    When Ruiz writes the public comment on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When Ruiz edits the comment "It comes on Friday." on case A to "It comes on Monday."
    Then case A gains the comment "was changed after it had been sent"
    When Ruiz edits the comment "It comes on Monday." on case A to "It comes on Tuesday."
    And 1 day passes
    Then case A tells "was changed after it had been sent" 2 times
    And Dana has received 1 mail

  Scenario: A comment that is made internal and public again was not changed
    When Ruiz writes the public comment on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When Ruiz makes the comment "It comes on Friday." on case A internal
    And 1 hour passes
    And Ruiz publishes the comment "It comes on Friday." on case A
    And 1 day passes
    Then case A has no comment "was changed after it had been sent"
    And Dana has received 1 mail

  Scenario: A comment is deleted after it was sent
    When Ruiz writes the public comment on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When Ruiz deletes the comment "It comes on Friday." on case A
    And 1 day passes
    Then case A tells "was deleted after it had been sent" 1 time
    And Dana has received 1 mail
    And the bridge has nothing left to do

  Scenario: A mail is deleted after it was sent
    When Ruiz replies on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When Ruiz deletes the last reply on case A
    And 1 day passes
    Then case A tells "was deleted after it had been sent" 1 time
    And Dana has received 1 mail

  Scenario: The answer to the note is lost
    When Ruiz replies on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    Given Salesforce accepts the next CaseComment create but loses the answer
    When Ruiz deletes the last reply on case A
    And 1 day passes
    Then case A tells "was deleted after it had been sent" 1 time

  Scenario: A reply with a file that has no room is not taken for a changed one
    When Ruiz replies on case A with the file "film.bin": "Here it is."
    Then Dana receives "is too large to be sent by email"
    When 1 day passes
    Then case A has no comment "was changed after it had been sent"

  Scenario: A mail is deleted after it was sent, and no webhook tells of it
    When Ruiz replies on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When 1 hour passes
    Given the next webhook from Salesforce is lost
    When Ruiz deletes the last reply on case A
    And 1 day passes
    Then case A tells "was deleted after it had been sent" 1 time

  @F46
  Scenario: A draft that is thrown away never went out
    When Ruiz writes the draft on case A: "Perhaps on Friday."
    And Ruiz deletes the last reply on case A
    And 1 day passes
    Then case A does not tell "was deleted after it had been sent"
    And Dana receives nothing

  Scenario: A mail is deleted after its Case was closed
    When Ruiz replies on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When Ruiz closes case A
    And 1 hour passes
    And Ruiz deletes the last reply on case A
    And 1 day passes
    Then case A tells "was deleted after it had been sent" 1 time
    And Dana has received 1 mail

  @F40
  Scenario: A comment is changed within a minute, and Salesforce's clock is slow
    Given Salesforce's clock is 6 minutes slow
    When Ruiz writes the public comment on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When Ruiz edits the comment "It comes on Friday." on case A to "It comes on Monday."
    Then case A gains the comment "was changed after it had been sent"

  Scenario: With nothing stored nobody knows what a comment said, and nobody says that it was changed
    When Ruiz writes the public comment on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When 1 hour passes
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Ruiz makes the comment "It comes on Friday." on case A internal
    And Ruiz publishes the comment "It comes on Friday." on case A
    And 1 day passes
    Then case A has no comment "was changed after it had been sent"
    And Dana has received 1 mail

  Scenario: The note does not get through at first
    When Ruiz replies on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    Given Salesforce never gets the next CaseComment create
    When Ruiz deletes the last reply on case A
    And 1 day passes
    Then case A tells "was deleted after it had been sent" 1 time

  Scenario: A mail that is saved again as it was did not change, though it was sent with a note of ours
    When Ruiz replies on case A with the file "film.bin": "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    And Dana receives "film.bin"
    When 1 hour passes
    And Ruiz saves the last reply on case A again
    And 1 day passes
    Then case A has no comment "was changed after it had been sent"
    And Dana has received 1 mail
