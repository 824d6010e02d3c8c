@promise:attachments @F53
Feature: A file that a reply announces is waited for, and sent when it comes

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A and announces a file: "Send it back with this label."

  Scenario: It comes a few seconds later, and goes with the reply
    When 8 seconds pass
    And Ruiz attaches the file "return-label.pdf" to the last reply on case A
    Then Dana receives "Send it back with this label." in the same thread with the file "return-label.pdf"
    And Dana has received 1 mail

  @house
  Scenario: It comes minutes later, and follows the reply
    When 1 minute passes
    Then Dana receives "A file that belongs to this message may follow." in the same thread
    When 4 minutes pass
    And Ruiz attaches the file "return-label.pdf" to the last reply on case A
    And 5 minutes pass
    Then Dana receives "Here is what was still missing" with the file "return-label.pdf"
    And Dana has received 2 mails
    And case A does not tell "Here is what was still missing"
    When the operator runs "trace case:A"
    Then the operator reads "is awaited any more"

  @house
  Scenario: It never comes, and the reply is there all the same
    When 1 hour passes
    Then Dana receives "Send it back with this label." in the same thread
    And Dana has received 1 mail
    And the bridge has nothing left to do
    When the operator runs "trace case:A"
    Then the operator reads "is awaited any more"
    And the operator reads "file missing"

  @house
  Scenario: The Case is closed while the file is waited for
    When 2 minutes pass
    And Ruiz closes case A
    And Ruiz attaches the file "return-label.pdf" to the last reply on case A
    And 10 minutes pass
    Then Dana receives "Here is what was still missing" with the file "return-label.pdf"
    And Dana's session is closed

  Scenario: Another reply does not wait for it for ever
    When Ruiz replies on case A: "By Friday, please."
    And 2 minutes pass
    Then Dana receives "By Friday, please." in the same thread
    And Dana has received 2 mails

  @house
  Scenario: Another reply does not wait while the file is being looked for
    When 1 minute passes
    Then Dana receives "A file that belongs to this message may follow." in the same thread
    When 31 seconds pass
    And Ruiz replies on case A: "By Friday, please."
    Then Dana receives "By Friday, please." within 5 seconds

  @house
  Scenario: The reply could not be sent until its file was there, and brings it
    Given OpenCX answers the next 6 message sends with status 409
    When 40 seconds pass
    And Ruiz attaches the file "return-label.pdf" to the last reply on case A
    And 20 minutes pass
    Then Dana receives "Send it back with this label." in the same thread with the file "return-label.pdf"
    And Dana has received 1 mail

  @house
  Scenario: It comes after she has written in another conversation, and goes where its reply went
    When 1 minute passes
    Then Dana receives "A file that belongs to this message may follow." under the subject "Lamp"
    When Dana emails help@acme.test about "Invoice": "I need an invoice."
    Then case A gains the comment "I need an invoice."
    When Ruiz attaches the file "return-label.pdf" to the last reply on case A
    And 5 minutes pass
    Then Dana receives "Here is what was still missing" under the subject "Lamp"

  @house
  Scenario: Another reply comes while the bridge looks whether the file is there
    When 1 minute passes
    Then Dana receives "A file that belongs to this message may follow." in the same thread
    Given Salesforce takes 3 seconds to answer the next 2 queries
    When 33 seconds pass
    And Ruiz replies on case A: "By Friday, please."
    Then Dana receives "By Friday, please." within 20 seconds

  @house
  Scenario: Of two replies that announce a file the second gets it, and does not wait for that of the first
    When 1 minute passes
    And Ruiz replies on case A and announces a file: "And this is the bill."
    And 2 minutes pass
    And Ruiz attaches the file "invoice.pdf" to the last reply on case A
    Then Dana receives "Here is what was still missing" within 3 minutes
    And Dana receives "Here is what was" with the file "invoice.pdf"
    And Dana has received 3 mails

  @house
  Scenario: It comes minutes after the Case was closed
    When 2 minutes pass
    And Ruiz closes case A
    And 2 minutes pass
    And Ruiz attaches the file "return-label.pdf" to the last reply on case A
    Then Dana receives "still missing" within 2 minutes
    And Dana receives the file "return-label.pdf" as "application/pdf"
    And Dana's session is closed

  @house
  Scenario: The reply itself was held up, and its file is awaited from when it went out
    Given OpenCX is down for 20 minutes
    When Ruiz replies on case A and announces a file: "The second label, for the shade."
    And 25 minutes pass
    Then Dana receives "The second label, for the shade." in the same thread
    When 1 minute passes
    And Ruiz attaches the file "invoice.pdf" to the last reply on case A
    Then Dana receives "Here is what was still missing" with the file "invoice.pdf"
