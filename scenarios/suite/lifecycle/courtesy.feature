@promise:case-new-after-close @F60 @F74
Feature: After the close, what waits for nobody opens no Case, and everything else does

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way."
    When Ruiz closes case A
    Then case A is closed

  @house
  Scenario Outline: "<words>" asks for nothing
    When 1 hour passes
    And Dana replies: "<words>"
    Then case A gains the comment "<words>"
    And Dana's session is closed
    And Dana has 1 case

    Examples:
      | words                                                        |
      | Thanks!                                                      |
      | Vielen Dank, viele Grüße                                     |
      | Merci beaucoup                                               |
      | Ok, thank you all for the help.                              |
      | MANY THANKS!                                                 |
      | Thank you so much for all your great help and support, team. |
      | Thanks!\\n--\\nDana, flat 1182                               |

  @house
  Scenario: Thanks above another's words ask for nothing
    When 1 hour passes
    And Dana replies: "Thank you!\n\n> And to you, neighbour: is it bright?"
    Then case A gains the comment "Thank you!"
    And Dana has 1 case

  @house
  Scenario Outline: What stands below her thanks is not hers: "<below>"
    When 1 hour passes
    And Dana replies: "Thank you!\n<below>"
    Then case A gains the comment "Thank you!"
    And Dana's session is closed
    And Dana has 1 case

    Examples:
      | below                                    |
      | Ref: #1182                               |
      | Am Montag schrieb Acme, or: Acme wrote:  |
      | > Is it bright by now?                   |

  @house
  Scenario: Thanks of the day after tomorrow ask for nothing
    When 2 days pass
    And Dana replies: "Thank you!"
    Then case A gains the comment "Thank you!"
    And Dana has 1 case

  @house
  Scenario: A whole letter of polite words is read by a person
    When Dana replies: "Thank you so much for all your great help and support, that works now"
    Then case B opens from opencx
    And Dana has 2 cases

  @house
  Scenario: A question after the thanks keeps the conversation open
    When Dana replies: "Thank you!"
    Then case A gains the comment "Thank you!"
    And Dana's session is closed
    When 1 hour passes
    And Dana replies: "Which bulb does it take?"
    Then case B opens from opencx
    When Ruiz replies on case B: "A small one."
    Then Dana receives "A small one." in the same thread
    And Dana's session is open

  Scenario Outline: "<words>" asks for something
    When 1 hour passes
    And Dana replies: "<words>"
    Then case B opens from opencx
    And case B gains the comment "<words>"
    And Dana has 2 cases

    Examples:
      | words                                |
      | Thank you, when?                     |
      | Thanks. 1182                         |
      | Thanks. All good?                    |
      | Great                                |
      | Thank you, but it is the wrong lamp. |

  Scenario: Thanks with a picture open the next Case
    When Dana replies with the file "broken-cup.png": "Thank you!"
    Then case B opens from opencx
    And case B has the file "broken-cup.png"

  Scenario: Thanks after four days open the next Case
    When 4 days pass
    And Dana replies: "Thank you!"
    Then case B opens from opencx
    And case B gains the comment "Thank you!"

  @house
  Scenario: An out-of-office note opens none, however late
    When 4 days pass
    And Dana's out-of-office answers: "I am away until Monday."
    And 20 minutes pass
    Then Dana has 1 case
    And Dana's session is closed
    And the bridge has nothing left to do

  @house
  Scenario Outline: A mail whose subject begins with "<subject>" comes from a machine
    When Dana sends the raw mail:
      """
      From: dana@example.test
      To: help@acme.test
      Subject: <subject> %subject%
      In-Reply-To: <%message-id%>
      References: <%message-id%>

      This is what my mail program says.
      """
    And 20 minutes pass
    Then case A gains the comment "This is what my mail program says."
    And Dana has 1 case
    And Dana's session is closed

    Examples:
      | subject               |
      | Abwesenheitsnotiz:    |
      | Undeliverable:        |
      | Out of Office:        |
      | AUTOMATIC REPLY:      |
      | Mail delivery failed: |

  Scenario: A subject that only speaks of such mails is a person's
    When 4 days pass
    And Dana emails help@acme.test about "I get an automatic reply, undeliverable": "What is that?"
    And the AI hands off: "Dana gets automatic replies"
    Then case B opens from opencx with the summary "Dana gets automatic replies"

  Scenario: An answer in the thread whose subject only speaks of such mails is a person's too
    When Dana sends the raw mail:
      """
      From: dana@example.test
      To: help@acme.test
      Subject: You sent me an automatic reply: %subject%
      In-Reply-To: <%message-id%>
      References: <%message-id%>

      What is that?
      """
    Then case B opens from opencx
    And case B gains the comment "What is that?"

  Scenario: Thanks for an answer that she asks for do not answer her
    Given the bridge is killed
    When Dana replies: "Which bulb does it take?"
    And Dana replies: "Thank you!"
    And the bridge starts again
    Then case B opens from opencx
    And case B gains the comment "Which bulb does it take?"
    And Dana has 1 open case

  @house
  Scenario: Thanks that she wrote right before the close, and that came to the bridge after it, ask for nothing
    When Ruiz sets case A to "Working"
    And 1 minute passes
    Given the bridge is killed
    When Dana replies: "Thank you!"
    And Ruiz closes case A
    Given the bridge starts again
    Then case A gains the comment "Thank you!"
    And Dana has 1 case
