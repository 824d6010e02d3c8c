@promise:reply @F43
Feature: What Salesforce has mailed by itself is not mailed again

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  Scenario: A mail of the org's own composer
    When Ruiz mails from Salesforce on case A: "A new one is on its way."
    And 1 hour passes
    Then Dana has received 1 mail
    And the Inbox does not show "A new one is on its way."
    And the bridge has nothing left to do

  Scenario: A mail of the composer, with a file
    When Ruiz mails from Salesforce on case A with the file "return-label.pdf": "Send it back."
    And 1 hour passes
    Then Dana has received "Send it back." 1 time
    And case A has 0 files

  Scenario: The org thanks for the request by itself
    When the org mails Dana about case A: "We have received your request."
    And 1 hour passes
    Then Dana has received 1 mail
    And the Inbox does not show "We have received your request."

  Scenario: A reply that is written beside such a mail is sent
    When Ruiz mails from Salesforce on case A: "A new one is on its way."
    And Ruiz replies on case A: "Keep the old one."
    And the org mails Dana about case A: "How did we do?"
    Then Dana receives "Keep the old one." in the same thread
    And Dana has received 3 mails
    And the bridge has nothing left to do
