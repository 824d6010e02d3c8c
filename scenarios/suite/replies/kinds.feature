@promise:reply @F42
Feature: Of what a rep writes, what is a reply reaches the customer, and nothing else does

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Mori works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  @F56
  Scenario: A rich-text reply
    When Ruiz replies on case A in HTML: "<p>It left the <b>depot</b> this morning.</p><p>Yours, Ruiz</p>"
    Then Dana receives "It left the depot this morning." in the same thread
    And Dana has received 1 mail

  @F56 @house
  Scenario: A rich-text reply with a text beside it is sent as the text
    When Ruiz replies on case A in HTML with the text "It left the depot this morning.": "<p>Sent by <b>Acme</b></p><p>It left the depot this morning.</p>"
    Then Dana receives "It left the depot this morning." in the same thread
    And Dana does not receive "Sent by"

  @F46
  Scenario: An internal comment that is published later
    When Ruiz writes the internal comment on case A: "Third refund this year."
    And 1 hour passes
    And Ruiz publishes the comment "Third refund this year." on case A
    And 1 day passes
    Then Dana does not receive "Third refund this year."
    And the Inbox does not show "Third refund this year."

  @F46
  Scenario: A public comment is no reply here
    When Ruiz writes the public comment on case A: "We look into it."
    And 1 day passes
    Then Dana receives nothing

  @F46
  Scenario: Internal comments between replies
    When Ruiz writes the internal comment on case A: "She is a good customer."
    And Ruiz replies on case A: "It left the depot."
    And Ruiz writes the internal comment on case A: "I promised Friday."
    And Ruiz replies on case A: "It comes on Friday."
    Then Dana receives in this order:
      | It left the depot.  |
      | It comes on Friday. |
    And Dana has received 2 mails
    And Dana does not receive "good customer"
    And Dana does not receive "I promised"

  @F44
  Scenario: The transcript that the bridge writes is not sent to her
    When Dana replies: "I need it on Friday."
    Then case A gains the comment "I need it on Friday."
    When 1 day passes
    Then Dana receives nothing

  @F57
  Scenario: A comment that its rep edits and deletes changes nothing for her
    When Ruiz writes the public comment on case A: "She needs it on Friday."
    And Ruiz edits the comment "She needs it on Friday." on case A to "She needs it on Monday."
    And 1 hour passes
    And Ruiz deletes the comment "She needs it on Monday." on case A
    And 1 day passes
    Then Dana receives nothing
    And case A gains the comment "Where is it?"
    And Dana has 1 case

  @F58
  Scenario: Two reps in the same second
    When Ruiz and Mori reply on case A in the same second: "It left the depot." and "It comes on Friday."
    Then Dana receives "It left the depot."
    And Dana receives "It comes on Friday."
    And Dana has received 2 mails
    And the Inbox shows "It left the depot." from an agent
    And the Inbox shows "It comes on Friday." from an agent

  @house
  Scenario: Who wrote a reply stands above it in the Inbox
    When Ruiz and Mori reply on case A in the same second: "It left the depot." and "It comes on Friday."
    Then the Inbox shows "It left the depot." from the agent Ruiz
    And the Inbox shows "It comes on Friday." from the agent Mori

  Scenario: The same words twice are two mails
    When Ruiz replies on case A: "Yes."
    Then Dana receives "Yes." in the same thread
    When Dana replies: "Are you sure?"
    Then case A gains the comment "Are you sure?"
    When Ruiz replies on case A: "Yes."
    Then Dana receives "Yes." in the same thread
    And Dana has received 2 mails
    And case A tells "Yes." 0 times

  Scenario: What the AI said before is not taken for the rep's reply
    When Eli emails help@acme.test about "Order 7": "Where is it?"
    And the AI answers Eli: "It is on its way."
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    Then case B opens from opencx with the summary "Eli waits for order 7"
    Given OpenCX never gets the next message send
    When Ruiz replies on case B: "It is on its way."
    Then Eli receives "It is on its way." in the same thread
    And Eli has received "It is on its way." 2 times
