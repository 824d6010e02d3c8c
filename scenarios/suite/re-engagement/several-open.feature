@promise:case-append @F72
Feature: Of several open Cases the newest is the one she is talking about

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It is at your door."
    Then Dana receives "It is at your door." in the same thread
    When Ruiz closes case A
    And 2 days pass
    And Dana emails help@acme.test about "Order 2044": "Can I change it?"
    And the AI hands off: "Dana wants to change order 2044"
    Then case B opens from opencx with the summary "Dana wants to change order 2044"

  Scenario: The rep opens the old one again
    When Ruiz sets case A to "Working"
    And 1 day passes
    And Dana emails help@acme.test about "And my invoice": "Where is the invoice?"
    And the AI hands off: "Dana asks for an invoice"
    Then case B gains the comment "Where is the invoice?"
    And case B gains the comment "Dana asks for an invoice"
    And case A does not tell "Where is the invoice?"
    And Dana has 2 open cases

  Scenario: Only the older one is open
    When Ruiz sets case A to "Working"
    And Ruiz closes case B
    And 1 day passes
    And Dana emails help@acme.test about "And my invoice": "Where is the invoice?"
    And the AI hands off: "Dana asks for an invoice"
    Then case A gains the comment "Where is the invoice?"
    And Dana has 1 open case
    And Dana has 2 cases

  Scenario: She answers in the thread of the Case that was closed
    When Dana replies to the mail about "Order 1182": "And this one is broken."
    And the AI hands off: "Order 1182 is broken"
    Then case B gains the comment "And this one is broken."
    And Dana has 2 cases

  Scenario: Both were opened by hand, and the old one again
    When Ruiz closes case B
    And Ruiz opens case C for Dana about "Order 3000": "She called."
    And Ruiz closes case C
    And Ruiz opens case D for Dana about "Order 3001": "She called again."
    And Ruiz sets case C to "Working"
    And Dana emails help@acme.test about "And my invoice": "Where is the invoice?"
    And the AI hands off: "Dana asks for an invoice"
    Then case D gains the comment "Where is the invoice?"
    And Dana has 2 open cases

  @F80 @house
  Scenario: The newer one is closed while nobody hears of her mail, and nothing is stored any more
    When Ruiz sets case A to "Working"
    And 1 day passes
    Given the bridge is killed
    When Dana emails help@acme.test about "And my invoice": "Where is the invoice?"
    And the AI hands off: "Dana asks for an invoice"
    And Ruiz closes case B
    Given the bridge starts again with nothing stored
    Then case A gains the comment "Where is the invoice?"
    And Dana has 2 cases
