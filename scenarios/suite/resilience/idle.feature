@promise:keeps-trying @I10 @house
Feature: What lies about and concerns nobody costs nothing

  Scenario: A day on which nothing happens, with a draft, a blank reply, a public comment and three conversations
    Given OpenCX answers lists in pages of 2
    And the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A in HTML: "<p>&nbsp;</p>"
    And Ruiz replies on case A: "Which lamp is it?"
    And Ruiz opens case B for Eli about "Chair": "He has telephoned."
    And Ruiz replies on case B: "We come and look."
    And Ruiz writes the draft on case A: "Buy another lamp."
    And Ruiz writes the public comment on case A: "We are on it."
    And 1 hour passes
    And Dana emails help@acme.test about "Invoice": "I need an invoice."
    And 1 hour passes
    And Dana emails help@acme.test about "Catalogue": "And a catalogue."
    And 1 day passes
    Then the bridge has made at most 220 calls to Salesforce
    And the bridge has made at most 220 calls to OpenCX
    And Dana has received 1 mail
