@promise:case-create
Feature: A conversation that the AI hands off becomes a Case

  The rep finds on the Case what the conversation was about, who said what, and in which order; and whoever looks at the
  conversation in OpenCX finds the Case.

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @smoke @promise:session-shows-case
  Scenario: The Case has the AI's summary, and the conversation shows the Case
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A gains the comment "Where is it?"
    And Dana's session shows case A
    And Dana has 1 open case
    And the bridge has nothing left to do

  Scenario: Everything that was said before stands on the Case
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI answers: "May I have your postcode?"
    And Dana replies: "It is 10115."
    And the AI answers: "Thank you, I am checking with the carrier."
    And Dana replies: "Please hurry, it is a present."
    And the AI hands off: "The carrier has lost order 1182"
    Then case A opens from opencx with the summary "The carrier has lost order 1182"
    And case A tells in this order:
      | Where is it?                               |
      | May I have your postcode?                  |
      | It is 10115.                               |
      | Thank you, I am checking with the carrier. |
      | Please hurry, it is a present.             |

  Scenario: What the AI settles by itself makes no Case
    When Dana emails help@acme.test about "Opening hours": "Are you open on Monday?"
    And the AI answers: "Yes, from nine to five."
    Then Dana receives "Yes, from nine to five." in the same thread from help@acme.test
    And Dana has 0 cases

  Scenario: Two customers have two Cases
    Given the customer Erin writes from erin@example.test
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And Erin emails help@acme.test about "Order 2044": "It arrived broken."
    And the AI hands off: "Erin has a broken cup"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case B opens from opencx with the summary "Erin has a broken cup"
    And Dana's session shows case A
    And Erin's session shows case B
    And Dana has 1 case
    And Erin has 1 case
