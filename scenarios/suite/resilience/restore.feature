@promise:keeps-trying @F80 @house
Feature: A bridge that comes back with an older store, or with none, does nothing twice

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp" with the file "broken-cup.png": "It flickers."
    Given a backup is made of what the bridge stores
    When the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  Scenario Outline: With <store> it knows nothing of the Case
    When Ruiz replies on case A: "Which lamp is it?"
    And Dana replies: "The green one."
    Then case A gains the comment "The green one."
    Given the bridge is killed
    When Ruiz replies on case A: "A new one is on its way."
    And 20 hours pass
    Given the bridge starts again with <store>
    When Dana replies: "Thank you!"
    Then Dana receives "A new one is on its way." in the same thread
    And Dana has received 2 mails
    And case A tells "The green one." 1 time
    And case A gains the comment "Thank you!"
    And case A has 1 file

    Examples:
      | store          |
      | the backup     |
      | nothing stored |

  Scenario: The store knows the Case, and not what was said since
    Given a backup is made of what the bridge stores
    When Ruiz replies on case A: "Yes."
    And 1 hour passes
    And Ruiz replies on case A: "Yes."
    And Dana replies with the file "invoice.pdf": "No."
    Then case A gains the comment "No."
    Given the bridge is killed
    When Ruiz replies on case A: "Yes."
    And 20 hours pass
    Given the bridge starts again with the backup
    When 2 hours pass
    Then Dana has received "Yes." 3 times
    And case A tells "No." 1 time
    And case A does not tell "Yes."
    And case A has 2 files
    And the bridge has nothing left to do

  Scenario: Both her conversations are taken up again, and so is the next
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    When Dana emails help@acme.test about "Invoice": "I need an invoice."
    Then case A gains the comment "I need an invoice."
    When Ruiz replies on case A: "Here is the invoice."
    Then Dana receives "Here is the invoice." under the subject "Invoice"
    Given the bridge is killed
    When Dana replies to the mail about "Lamp": "It flickers at night."
    And 1 hour passes
    Given the bridge starts again with nothing stored
    When Dana replies to the mail about "Invoice": "With the tax number, please."
    Then case A gains the comment "With the tax number, please."
    And case A gains the comment "It flickers at night."
    When Dana emails help@acme.test about "Another thing": "And a catalogue."
    Then case A gains the comment "And a catalogue."
    And Dana has 1 case
    And Dana has received 2 mails
    And case A does not tell "Which lamp is it?"

  @F40
  Scenario: A reply with a remark, and the message that brought its file, are recognised, though OpenCX's clock is slow
    Given OpenCX's clock is 4 minutes slow
    When Ruiz replies on case A and announces a file: "Send it back with this label."
    And 2 minutes pass
    And Ruiz attaches the file "return-label.pdf" to the last reply on case A
    And 5 minutes pass
    Then Dana has received 2 mails
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Dana replies: "It has come."
    Then case A gains the comment "It has come."
    And case A does not tell "still missing"
    And Dana has received 2 mails

  @F40
  Scenario: A reply that went out at once is recognised, though OpenCX's clock is a little slow
    Given OpenCX's clock is 8 seconds slow
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Dana replies: "The green one."
    Then case A gains the comment "The green one."
    And Dana has received 1 mail

  @F72
  Scenario: With nothing stored her next mail, about something else, is no stranger's
    When 1 hour passes
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Dana emails help@acme.test about "Chair": "It wobbles, too."
    And 1 hour passes
    Then case A gains the comment "It wobbles, too."
    And case A tells "It flickers." 1 time

  @F72
  Scenario: With nothing stored, and Salesforce down, her next mail is no stranger's
    When 1 hour passes
    Given the bridge is killed
    And Salesforce is down for 40 minutes
    And the bridge starts again with nothing stored
    When Dana emails help@acme.test about "Chair": "It wobbles, too."
    And 1 hour passes
    Then case A gains the comment "It wobbles, too."

  Scenario: With nothing stored a reply reaches her that was written before, and the Case closed behind it
    Given the bridge is killed
    When Ruiz replies on case A: "A new one is on its way."
    And Ruiz closes case A
    And 20 hours pass
    Given the bridge starts again with nothing stored
    When 1 hour passes
    Then Dana receives "A new one is on its way." in the same thread
    And Dana's session is closed

  Scenario: With nothing stored a conversation that was deleted holds up no reply in another
    When Dana emails help@acme.test about "Lamp once more": "It hums, too."
    And the AI hands off Dana's conversation: "It hums"
    Then case A gains the comment "It hums, too."
    Given the bridge is killed
    When Ruiz deletes Dana's conversation in the Inbox
    And Ruiz replies on case A: "A new one is on its way."
    Given the bridge starts again with nothing stored
    When 1 hour passes
    Then Dana receives "A new one is on its way."
    And the bridge has parked 0 jobs

  @F78
  Scenario: With nothing stored a reply finds the conversation that the AI has again
    When Ruiz hands Dana's conversation back to the AI in the Inbox
    And 1 hour passes
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    And case A tells "It flickers." 1 time

  Scenario: The Case was closed since, and she has written again
    Given a backup is made of what the bridge stores
    When Ruiz replies on case A: "It is done."
    And Ruiz closes case A
    And 1 hour passes
    And Dana replies: "It flickers again."
    Then case B opens from opencx
    Given the bridge is killed
    And the bridge starts again with the backup
    When Dana replies: "Hello?"
    Then case B gains the comment "Hello?"
    And case A does not tell "Hello?"
    And Dana has 2 cases
    And Dana has received 1 mail

  Scenario: A Case was merged away since
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    Given a backup is made of what the bridge stores
    When Ruiz merges case A into case B
    And 1 hour passes
    Given the bridge is killed
    And the bridge starts again with the backup
    When Dana replies: "It flickers again."
    Then case B gains the comment "It flickers again."
    And Dana's session shows case B

  @F74
  Scenario: What an agent said after the close opens no other Case
    When Ruiz replies on case A: "It is done."
    And Ruiz closes case A
    And 1 hour passes
    And Ruiz writes to Dana in the Inbox: "How did it go?"
    Then case A gains the comment "How did it go?"
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Ruiz writes to Dana in the Inbox: "Are you content?"
    Then case A gains the comment "Are you content?"
    And Dana has 1 case

  @F74
  Scenario: What was written to the AI while the Case was being closed opens no other Case
    When Ruiz hands Dana's conversation back to the AI in the Inbox
    And 1 minute passes
    Given a backup is made of what the bridge stores
    And the bridge is killed
    When Dana emails help@acme.test about "Lamp": "It is the tall one."
    And 1 minute passes
    And Ruiz closes case A
    Given the bridge starts again
    Then case A gains the comment "It is the tall one."
    Given the bridge is killed
    And the bridge starts again with the backup
    When 1 hour passes
    And Ruiz writes to Dana in the Inbox: "How did it go?"
    And 1 hour passes
    Then Dana has 1 case

  @F74
  Scenario: Her thanks after the close open no other Case
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    Given a backup is made of what the bridge stores
    When Ruiz closes case A
    And 1 hour passes
    And Dana replies: "Thank you very much!"
    Then case A gains the comment "Thank you very much!"
    Given the bridge is killed
    And the bridge starts again with the backup
    When Ruiz writes to Dana in the Inbox: "How did it go?"
    And 1 hour passes
    Then case A gains the comment "How did it go?"
    And Dana has 1 case

  Scenario: What she writes next is her Case's, though the AI keeps it
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Dana replies: "The green one."
    Then case A gains the comment "The green one."
    When Dana emails help@acme.test about "Another thing": "And a catalogue."
    Then case A gains the comment "And a catalogue."

  @F38
  Scenario: A bridge without a store begins by its own clock, and Salesforce's is slow
    Given Salesforce's clock is 40 minutes slow
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Ruiz replies on case B: "Which chair?"
    Then Eli receives "Which chair?" in the same thread
    When 1 hour passes
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Eli replies: "The high one."
    Then case B gains the comment "The high one."
    Given webhooks from Salesforce are lost for 20 minutes
    When Ruiz replies on case B: "A new one is on its way."
    Then Eli receives "A new one is on its way." in the same thread

  @F72
  Scenario: The Case that was open when she wrote is the one before hers, though it was closed since
    Given the bridge is killed
    When Dana emails help@acme.test about "Chair": "It wobbles."
    And Ruiz closes case A
    And 1 hour passes
    Given the bridge starts again with nothing stored
    When the AI hands off: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    And "ParentId" of case B begins with "500"

  Scenario Outline: Who joined without a handoff is known to <store>
    When Dana emails help@acme.test about "Invoice": "I need an invoice."
    Then case A gains the comment "I need an invoice."
    When Ruiz replies on case A: "Here is the invoice."
    Then Dana receives "Here is the invoice." under the subject "Invoice"
    Given the bridge is killed
    When 20 hours pass
    Given the bridge starts again with <store>
    When 1 hour passes
    Then Dana has received 1 mail
    When Ruiz replies on case A: "Do you need it on paper?"
    Then Dana receives "Do you need it on paper?" under the subject "Invoice"
    And Dana has received 2 mails

    Examples:
      | store          |
      | the backup     |
      | nothing stored |

  @F73 @F79
  Scenario: What had joined the Case before it was closed ends with it
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given a backup is made of what the bridge stores
    When Dana emails help@acme.test about "Invoice": "I need an invoice."
    Then case A gains the comment "I need an invoice."
    Given the bridge is killed
    When Ruiz closes case A
    And 10 minutes pass
    Given the bridge starts again with the backup
    When 1 hour passes
    Then Dana's session is closed
    And case A tells "I need an invoice." 1 time
    And Dana has 1 case

  @F74
  Scenario: Who had joined a second Case answers to the first one too
    When Ruiz replies on case A: "A new one is on its way."
    And Ruiz closes case A
    Then Dana receives "A new one is on its way." in the same thread
    When 1 day passes
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    Given a backup is made of what the bridge stores
    When Dana replies to the mail about "Lamp": "And the lamp again."
    Then case B gains the comment "And the lamp again."
    Given the bridge is killed
    When Ruiz closes case B
    And 1 hour passes
    Given the bridge starts again with the backup
    When 1 hour passes
    And Ruiz replies on case A: "The parcel has the number 12."
    Then Dana receives "The parcel has the number 12." under the subject "Lamp"
    And case B tells "And the lamp again." 1 time

  @F38
  Scenario: What she wrote meanwhile in the conversation that had joined is found too
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    When Dana emails help@acme.test about "Invoice": "I need an invoice."
    Then case A gains the comment "I need an invoice."
    When Ruiz replies on case A: "Of which year?"
    Then Dana receives "Of which year?" under the subject "Invoice"
    Given the bridge is killed
    When Dana replies to the mail about "Invoice": "With the tax number, please."
    And 1 hour passes
    Given the bridge starts again with nothing stored
    When Dana replies to the mail about "Lamp": "It flickers at night."
    Then case A gains the comment "It flickers at night."
    And case A gains the comment "With the tax number, please."

  @F40
  Scenario Outline: A moment after a reply went out it begins with <store>, and <system>'s clock is fast
    Given <system>'s clock is 3 minutes fast
    When Dana emails help@acme.test about "Chair": "It wobbles."
    Then case A gains the comment "It wobbles."
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way."
    Given the bridge is killed
    When Dana replies: "Thank you!"
    And the bridge starts again with <store>
    Then case A gains the comment "Thank you!"
    And case A does not tell "A new one is on its way."
    And Dana has received 1 mail

    Examples:
      | system     | store          |
      | Salesforce | the backup     |
      | Salesforce | nothing stored |
      | OpenCX     | nothing stored |

  Scenario: Of its two Cases the conversation is on the newer one
    When Ruiz replies on case A: "It is done."
    And Ruiz closes case A
    And 1 hour passes
    And Dana replies: "It flickers again."
    Then case B opens from opencx
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Ruiz replies on case B: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    And Dana's session shows case B

  Scenario: With an older store a conversation that was deleted holds up no reply in another
    When Dana emails help@acme.test about "Lamp once more": "It hums, too."
    And the AI hands off Dana's conversation: "It hums"
    Then case A gains the comment "It hums, too."
    Given a backup is made of what the bridge stores
    And the bridge is killed
    When Ruiz deletes Dana's conversation in the Inbox
    And Ruiz replies on case A: "A new one is on its way."
    Given the bridge starts again with the backup
    When 1 hour passes
    Then Dana receives "A new one is on its way."
    And the bridge has parked 0 jobs

  @F72
  Scenario: With an older store a follow-up follows the Case that her conversation had joined since
    When Ruiz replies on case A: "It is done."
    Then Dana receives "It is done."
    Given a backup is made of what the bridge stores
    When Ruiz closes case A
    And 1 hour passes
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Dana replies to the mail about "Lamp": "It flickers again."
    Then case B gains the comment "It flickers again."
    When Ruiz closes case B
    And 1 hour passes
    Given the bridge is killed
    And the bridge starts again with the backup
    When Dana replies to the mail about "Lamp": "And again."
    Then case C opens from opencx
    And case C follows case B

  Scenario: With nothing stored a summary that came while it was down is told, though her Case was there before
    When Ruiz hands Dana's conversation back to the AI in the Inbox
    Given the bridge is killed
    When Dana replies: "And it hums."
    And the AI hands off: "It hums, too"
    Given the bridge starts again with nothing stored
    Then case A gains the comment "It hums, too"
    And case A gains the comment "And it hums."
    And case A tells "It flickers." 1 time

  Scenario: With nothing stored a reply on the Case that is closed by now goes into the conversation that had joined it
    When Dana emails help@acme.test about "Chair": "It wobbles."
    Then case A gains the comment "It wobbles."
    Given the bridge is killed
    When Ruiz replies on case A: "Both are on their way."
    And Ruiz closes case A
    Given the bridge starts again with nothing stored
    Then Dana receives "Both are on their way." in the same thread
    And Dana has received 1 mail

  @F72
  Scenario: What the AI keeps before it knows of the Case again stands there as soon as it does
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?"
    Given the bridge is killed
    When 1 hour passes
    Given the bridge starts again with nothing stored
    When Dana emails help@acme.test about "Chair": "It wobbles."
    And 10 minutes pass
    And Eli emails help@acme.test about "Bench": "It creaks."
    And 10 minutes pass
    And Dana replies to the mail about "Lamp": "The green one."
    Then case A gains the comment "The green one."
    And case A gains the comment "It wobbles."
    And Dana has 1 case

  @F80
  Scenario Outline: A rich-text reply that went out after the backup is not mailed again, and Salesforce's clock is <fast>
    Given Salesforce's clock is <fast> fast
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?"
    Given a backup is made of what the bridge stores
    When Ruiz replies on case A in HTML: "A new one is on its way&#33;"
    Then Dana receives "A new one is on its way!"
    Given the bridge is killed
    And the bridge starts again with the backup
    When 1 hour passes
    Then Dana has received 2 mails

    Examples:
      | fast       |
      | 3 minutes  |
      | 20 minutes |
