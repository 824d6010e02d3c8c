@promise:attachments
Feature: A file that one side refuses holds up nobody, and somebody is told

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Broken cup": "It arrived broken."
    And the AI hands off: "Dana wants a new cup"
    Then case A opens from opencx with the summary "Dana wants a new cup"
    When Ruiz replies on case A: "Do you have a picture?"
    Then Dana receives "Do you have a picture?" in the same thread

  @house
  Scenario: The org takes no such file
    Given Salesforce refuses the next file create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    When Dana replies with the file "invoice.pdf" and the file "notes.txt": "Two files."
    Then case A gains the comment "The customer's file \"invoice.pdf\" could not be copied here."
    And case A has the file "notes.txt"
    And case A has 1 file
    And the bridge has nothing left to do
    Given Salesforce refuses the next file create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    When Dana replies with the file "return-label.pdf": "One more."
    Then case A gains the comment "The customer's file \"return-label.pdf\" could not be copied here."
    And case A tells "could not be copied here" 2 times

  @house
  Scenario: A file that the org has refused is not tried again with her next mail
    Given Salesforce refuses the next file create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    When Dana replies with the file "invoice.pdf": "One file."
    Then case A gains the comment "could not be copied here"
    When Dana replies: "Did you get it?"
    Then case A gains the comment "Did you get it?"
    When 1 hour passes
    Then case A has 0 files
    And Salesforce has been asked for 1 file create

  @house
  Scenario: The answer to the comment about a lost file is lost as well
    Given Salesforce refuses the next file create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    And Salesforce accepts the next 2 CaseComment creates but loses the answer
    When Dana replies with the file "invoice.pdf": "One file."
    Then case A gains the comment "could not be copied here"
    And case A has 3 comments
    And the bridge has nothing left to do

  @F13
  Scenario: The org's storage is full for an hour
    Given the org's storage is full
    When Dana replies with the file "invoice.pdf": "One file."
    And 1 hour passes
    And the org's storage has room again
    And 20 minutes pass
    Then case A has the file "invoice.pdf"
    And case A has no comment "could not be copied"

  @house
  Scenario: OpenCX says for a while that there is no such file
    Given OpenCX answers the next 2 file reads with status 404
    When Dana replies with the file "invoice.pdf": "One file."
    Then case A has the file "invoice.pdf"
    And case A has no comment "could not be copied"

  Scenario: A rep's file cannot be read for a while
    Given Salesforce answers the next 2 file reads with status 503
    When Ruiz replies on case A with the file "return-label.pdf": "Here is the label."
    Then Dana receives "Here is the label." in the same thread with the file "return-label.pdf"
    And Dana has received 2 mails

  # Found by the soak: 200, and a few bytes of something else. The size that the org names tells.
  @F20
  Scenario: What a gateway says in place of the rep's file is not mailed as the file
    Given Salesforce answers the next file read with garbage
    When Ruiz replies on case A with the file "return-label.pdf": "Here is the label."
    Then Dana receives "Here is the label." in the same thread with the file "return-label.pdf"
    And Dana has received 2 mails

  @F20
  Scenario: What a gateway says in place of the customer's file is not put on the Case as the file
    Given OpenCX answers the next file read with garbage
    When Dana replies with the file "invoice.pdf": "One file."
    Then case A has the file "invoice.pdf"
    And case A has no comment "could not be copied"

  @F1 @house
  Scenario: That a file could not be copied is said once, though the answer was lost
    Given OpenCX answers the next 2 file reads with status 403
    And Salesforce takes 1 second to answer the next CaseComment create
    And Salesforce accepts the next CaseComment create but loses the answer
    When Dana replies with the file "invoice.pdf": "One file."
    And 10 minutes pass
    Then case A tells "could not be copied" 1 time
    And case A tells "One file." 1 time
    And the bridge has nothing left to do

  @house
  Scenario: A gateway refuses a file by a page, and nobody else waits for it
    Given Salesforce answers the next file create with an HTML page of status 413
    When Dana replies with the file "invoice.pdf": "One file."
    Then case A gains the comment "The customer's file \"invoice.pdf\" could not be copied here." within 1 minute

  @house @F18
  Scenario: While the org has no room for files her words go on, and the file comes when there is room
    Given the org's file storage is full
    When Dana replies with the file "invoice.pdf": "One file."
    Then case A gains the comment "One file."
    When Dana replies: "Have you got it?"
    Then case A gains the comment "Have you got it?" within 1 minute
    Given the org's storage has room again
    When 2 hours pass
    Then case A has the file "invoice.pdf"
