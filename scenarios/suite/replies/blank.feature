@promise:reply @F42
Feature: A reply that says nothing holds up none

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  Scenario: A rich-text reply of blanks sends nothing, and the next one leaves
    When Ruiz replies on case A in HTML: "<p>&nbsp;</p>"
    And Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    And Dana has received 1 mail
    And the bridge has nothing left to do

  @I1
  Scenario: A plain reply of blanks sends nothing, and the next one leaves
    When Ruiz replies on case A: " \n"
    And Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    And Dana has received 1 mail
    And the bridge has nothing left to do

  @F57 @house
  Scenario: A reply of blanks that is deleted again leaves no word on the Case
    When Ruiz replies on case A: " \n"
    Then the bridge has nothing left to do
    When Ruiz deletes the last reply on case A
    And 1 hour passes
    Then case A does not tell "was deleted after it had been sent"
    And Dana receives nothing

  @promise:attachments @house
  Scenario: A reply that is nothing but a file brings the file
    When Ruiz replies on case A with the file "return-label.pdf": " "
    Then the Inbox shows the file "return-label.pdf" from the agent Ruiz
    And Dana has received 1 mail

  # The text is a no-break space, as composers leave it in an empty line: blanks alone the org would take away.
  @F56
  Scenario: A rich-text reply whose plain text is a blank is read from its HTML
    When Ruiz replies on case A in HTML with the text " ": "<p>It left the <b>depot</b>.</p>"
    Then Dana receives "It left the depot." in the same thread

  @house
  Scenario: A reply of nothing but a file brings the file
    When Ruiz replies on case A with the file "return-label.pdf": " "
    Then Dana receives the file "return-label.pdf" as "application/pdf"
    And Dana has received 1 mail
    And the bridge has nothing left to do

  @house
  Scenario: A reply without any text brings its file
    When Ruiz replies on case A with nothing but the file "return-label.pdf"
    Then Dana receives the file "return-label.pdf" as "application/pdf"
    And Dana has received 1 mail
