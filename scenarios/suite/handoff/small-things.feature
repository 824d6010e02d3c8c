@promise:case-content @house
Feature: Small things that a rep would miss

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F5
  Scenario: A summary in wide characters that just fits stands whole
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "%32000 wide characters%"
    Then case A opens from opencx with the summary "%32000 wide characters%"
    And case A has 0 files

  Scenario: A comment says when it was said, and by whom
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "2026-01-05T09:00:00Z Dana (customer):"

  Scenario: The parts of a long mail are numbered
    When Dana emails help@acme.test about "Lamp": "%7000 characters%"
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "1/2]"
    And case A gains the comment "2/2]"

  Scenario: A mail without a word is a comment all the same
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Dana sends the raw mail:
      """
      From: dana@example.test
      To: help@acme.test
      Subject: Re: Lamp
      In-Reply-To: <%message-id%>
      References: <%message-id%>

      """
    And 5 minutes pass
    Then case A has 2 comments

  Scenario: Two handoffs while the bridge is down are told both
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given the bridge is killed
    When the AI hands off: "She wants a new one"
    And Dana replies: "Or my money."
    And the AI hands off: "She wants her money"
    Given the bridge starts again
    Then case A gains the comment "She wants a new one"
    And case A gains the comment "She wants her money"
    And case A tells "She wants her money" 1 time

  Scenario: A file stays with its message, though the next Case is open when it can be copied
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?"
    Given Salesforce refuses the next 6 file creates with UNABLE_TO_LOCK_ROW
    When Dana replies with the file "invoice.pdf": "Here is the invoice."
    Then case A gains the comment "Here is the invoice."
    When Ruiz closes case A
    And Dana replies: "Hello?"
    And 1 hour passes
    Then case A has the file "invoice.pdf"
    And case A has 1 file

  @house
  Scenario: A mail without a single word is called by its ticket
    Given the customer Ida writes from ida@example.test
    When Ida sends the raw mail:
      """
      From: ida@example.test
      To: help@acme.test
      Subject:
      MIME-Version: 1.0
      Content-Type: image/png; name=lamp.png
      Content-Transfer-Encoding: base64
      Content-Disposition: attachment; filename=lamp.png

      iVBORw0KGgo=
      """
    And the AI hands off Ida's conversation: "A picture of a lamp"
    Then case I opens from opencx with the summary "A picture of a lamp"
    And "Subject" of case I begins with "Email conversation #"
    When the operator runs "trace session:Ida"
    Then the operator reads "opened Case"

  Scenario: A mail without a subject is called by its first line
    When Dana emails help@acme.test about "": "Good morning,\nit flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And "Subject" of case A is "Good morning,"
