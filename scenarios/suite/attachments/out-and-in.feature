@promise:attachments
Feature: Files travel both ways, whole and under their names

  Background:
    Given a file "photo.png" of 300 KB
    And a file "SCAN.PDF" of 20 KB
    And a file "film.mp4" of 11 MB
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Broken cup" with the file "broken-cup.png": "It arrived broken."
    And the AI hands off: "Dana wants a new cup"
    Then case A opens from opencx with the summary "Dana wants a new cup"
    And case A has the file "broken-cup.png"

  Scenario: A file that comes with a later mail
    When Dana replies with the file "invoice.pdf" and the file "photo.png": "Here is the invoice."
    Then case A gains the comment "Here is the invoice."
    And case A has the file "invoice.pdf"
    And case A has the file "photo.png"
    And case A has 3 files

  Scenario: Three files with one reply
    When Ruiz replies on case A with the file "return-label.pdf" and the file "photo.png" and the file "notes.txt": "Send it back, please."
    Then Dana receives "Send it back, please." in the same thread with the file "return-label.pdf" and the file "photo.png" and the file "notes.txt"
    And Dana has received 1 mail
    And case A has 1 file

  @house
  Scenario: The mail says what kind of file it brings
    When Ruiz replies on case A with the file "return-label.pdf" and the file "SCAN.PDF": "Two files."
    Then Dana receives the file "return-label.pdf" as "application/pdf"
    And Dana receives the file "SCAN.PDF" as "application/pdf"

  @F54
  Scenario: A file that no mail can carry
    When Ruiz replies on case A with the file "notes.txt" and the file "film.mp4": "Watch this."
    Then Dana receives "Watch this." in the same thread with the file "notes.txt"
    And Dana receives "film.mp4"
    And Dana has received 1 mail

  Scenario: A file that a rep puts on the Case is not sent
    When Ruiz attaches the file "invoice.pdf" to case A
    And 1 day passes
    Then Dana receives nothing

  @F1
  Scenario: The answer to an upload is lost
    Given Salesforce accepts the next file create but loses the answer
    When Dana replies with the file "invoice.pdf": "Here is the invoice."
    Then case A has the file "invoice.pdf"
    And case A has 2 files
    And the bridge has nothing left to do

  Scenario: An upload is refused for a while
    Given Salesforce answers the next 2 file creates with status 503
    When Dana replies with the file "invoice.pdf": "Here is the invoice."
    Then case A has the file "invoice.pdf"
    And case A has 2 files

  Scenario: A file that OpenCX cannot give at the moment
    Given OpenCX answers the next 2 file reads with status 500
    When Dana replies with the file "invoice.pdf": "Here is the invoice."
    Then case A has the file "invoice.pdf"
    And case A has 2 files

  Scenario: Of two files the second is not to be had at the moment
    Given OpenCX takes 1 second to answer the next file read
    And OpenCX answers the next file read with status 500
    When Dana replies with the file "invoice.pdf" and the file "notes.txt": "Both of them."
    Then case A has the file "notes.txt"
    And case A has the file "invoice.pdf"
    And case A has 3 files

  Scenario: A file that OpenCX does not give is named, and holds up nobody
    Given OpenCX answers the next file read with status 403
    When Dana replies with the file "invoice.pdf": "Here is the invoice."
    Then case A tells "invoice.pdf"
    When 1 minute passes
    And Ruiz replies on case A: "I cannot open it."
    Then Dana receives "I cannot open it." in the same thread

  Scenario: Files of a closed Case's follow-up
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    When Ruiz closes case A
    And 1 day passes
    And Dana replies with the file "invoice.pdf": "The new one is broken too."
    Then case B opens from opencx
    And case B has the file "invoice.pdf"
    And case A has 1 file

  @F12
  Scenario: Files under names that no folder would take
    When Dana sends the raw mail:
      """
      From: dana@example.test
      To: help@acme.test
      Subject: Re: %subject%
      In-Reply-To: <%message-id%>
      References: <%message-id%>
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain

      Three files.
      --b
      Content-Type: text/plain
      Content-Disposition: attachment; filename="C:\\My documents\\one.txt"

      One
      --b
      Content-Type: text/plain
      Content-Disposition: attachment; filename="two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two-two.txt"

      Two
      --b
      Content-Type: text/plain
      Content-Disposition: attachment; filename="C:\\three\\"

      Three
      --b--
      """
    Then case A has 4 files
    And case A does not tell "could not be copied"
