@promise:reply @I1
Feature: The same words said twice are two messages, whatever becomes of one of them

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "Is it the bulb?"
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  Scenario: What was said an hour ago in the Inbox is not the reply that got lost
    When Ruiz writes to Dana in the Inbox: "Yes."
    Then Dana receives "Yes." in the same thread
    When 1 hour passes
    Given OpenCX never gets the next message send
    When Ruiz replies on case A: "Yes."
    Then Dana has received "Yes." 2 times
    And the bridge has nothing left to do

  Scenario: A reply that arrived is not the equal one that got lost
    When Ruiz replies on case A: "Yes."
    Then Dana receives "Yes." in the same thread
    Given OpenCX never gets the next message send
    When Ruiz replies on case A: "Yes."
    Then Dana has received "Yes." 2 times
    And the bridge has nothing left to do

  Scenario: Two replies that begin alike
    Given OpenCX accepts the next 2 message sends but loses the answer
    When Ruiz replies on case A: "Yes, it is the bulb."
    And Ruiz replies on case A: "Yes, take a green one."
    Then Dana receives in this order:
      | it is the bulb.  |
      | take a green one |
    And Dana has received 2 mails
    And case A does not tell "Yes,"

  Scenario: What an agent says in the Inbox is not the reply that begins alike and got lost
    When Ruiz writes to Dana in the Inbox: "Yes, I come and look."
    Then Dana receives "Yes, I come and look." in the same thread
    Given OpenCX never gets the next message send
    When Ruiz replies on case A: "Yes, it is the bulb."
    Then Dana receives "Yes, it is the bulb." in the same thread

  @F80 @house
  Scenario: A bridge that comes back with nothing tells them apart too
    When Ruiz replies on case A: "Yes."
    And Ruiz replies on case A: "Yes."
    And Ruiz writes to Dana in the Inbox: "Yes, I am sure."
    And Ruiz writes the draft on case A: "Really."
    Then Dana has received 3 mails
    Given the bridge is killed
    When Ruiz replies on case A: "Yes."
    And Ruiz writes to Dana in the Inbox: "Really."
    And 1 minute passes
    Given the bridge starts again with nothing stored
    When Dana replies: "Thank you."
    And 1 hour passes
    Then Dana has received 5 mails
    And case A tells "Yes, I am sure." 1 time
    And case A tells "Really." 1 time

  @F40
  Scenario: A reply whose answer was lost is recognised, though OpenCX's clock is slow
    Given OpenCX's clock is 4 minutes slow
    And OpenCX accepts the next message send but loses the answer
    When Ruiz replies on case A: "Yes.\n"
    And 10 minutes pass
    Then Dana has received "Yes." 1 time
    And case A does not tell "Yes."

  @F38
  Scenario: What was said in the Inbox while the bridge was down is not the reply of an hour later
    Given the bridge is killed
    When Ruiz writes to Dana in the Inbox: "Yes."
    And 1 hour passes
    And Ruiz replies on case A: "Yes."
    Given the bridge starts again
    When 1 hour passes
    Then Dana has received "Yes." 2 times

  @F38
  Scenario: What stands on the Case as an agent's words is not the reply that was written while the bridge was down
    When Ruiz writes to Dana in the Inbox: "Yes."
    Then Dana receives "Yes." in the same thread
    Given the bridge is killed
    When Ruiz replies on case A: "Yes."
    Given the bridge starts again
    When 1 hour passes
    Then Dana has received "Yes." 2 times

  @F38
  Scenario: A longer message of the Inbox is not the reply that it begins with
    Given the bridge is killed
    When Ruiz writes to Dana in the Inbox: "Yes. I am sure of it."
    And Ruiz replies on case A: "Yes."
    Given the bridge starts again
    When 1 hour passes
    Then Dana has received "Yes." 2 times

  @F38
  Scenario: What the AI said is not the rep's equal reply
    When Ruiz hands Dana's conversation back to the AI in the Inbox
    And 1 minute passes
    Given the bridge is killed
    When the AI answers Dana: "It is the bulb."
    And Ruiz replies on case A: "It is the bulb."
    Given the bridge starts again
    When 1 hour passes
    Then Dana has received "It is the bulb." 2 times

  @F36 @F56
  Scenario: A reply in rich text whose answer was lost is recognised
    Given OpenCX accepts the next message send but loses the answer
    When Ruiz replies on case A in HTML: "<p>Yes, the <b>green</b> one.</p>"
    And 10 minutes pass
    Then Dana has received "green" 1 time
    And case A does not tell "green"
    And the bridge has nothing left to do

  @F38 @house
  Scenario: What is said in the Inbox while the bridge is down is not the equal reply of an hour ago
    When Ruiz replies on case A: "Yes."
    Then Dana receives "Yes." in the same thread
    When 1 hour passes
    Given the bridge is killed
    When Ruiz writes to Dana in the Inbox: "Yes."
    Given the bridge starts again
    When 1 hour passes
    Then Dana has received "Yes." 2 times
    And case A tells "Yes." 1 time

  @house
  Scenario: A reply with the line ends of Windows goes out once, whatever is lost
    Given OpenCX accepts the next message send but loses the answer
    When Ruiz replies on case A: "A new one is on its way.\r\nYours, Ruiz"
    And 1 hour passes
    Then Dana receives "A new one is on its way." in the same thread
    And Dana has received 1 mail
    When the bridge is stopped
    And the bridge starts again with nothing stored
    And 1 day passes
    Then Dana has received 1 mail

  Scenario: What was said in the Inbox in other letters is not the reply that got lost
    When Ruiz writes to Dana in the Inbox: "YES."
    Then Dana receives "YES." in the same thread
    Given OpenCX never gets the next message send
    When Ruiz replies on case A: "Yes."
    Then Dana has received "Yes." 1 time
    And the bridge has nothing left to do
