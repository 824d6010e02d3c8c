@promise:reply @house @F42
Feature: Where public posts in a Case's feed are replies, a public post is one and nothing else is

  Background:
    Given the bridge takes public posts for replies
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  Scenario: A public post reaches her in her thread
    When Ruiz writes the public post on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" within 1 minute
    And the Inbox shows "Which lamp is it?" from the agent Ruiz
    And case A tells "It flickers." 1 time
    And Dana has received 1 mail

  @F46
  Scenario: A post for the org's people does not
    When Ruiz writes the internal post on case A: "Third lamp this year."
    And Ruiz writes the public post on case A: "Which lamp is it?"
    And 1 day passes
    Then Dana does not receive "Third lamp"
    And Dana has received 1 mail

  @promise:attachments
  Scenario: The file of a post goes with it
    When Ruiz writes the public post on case A with the file "invoice.pdf": "This is how it is wired."
    Then Dana receives "This is how it is wired." with the file "invoice.pdf"
    And Dana has received 1 mail

  Scenario: A rich post says what it shows
    When Ruiz writes the public post on case A in HTML: "<p>Which <b>lamp</b> is it?</p>"
    Then Dana receives "Which lamp is it?" in the same thread
    And Dana does not receive "<b>"
    And the Inbox shows "Which lamp is it?" from the agent Ruiz

  Scenario: The link of a post goes with it
    When Ruiz writes the public post on case A with the link "https://acme.test/lamps": "This is how it is wired."
    Then Dana receives "This is how it is wired."
    And Dana has received "https://acme.test/lamps" 1 time
    And Dana has received 1 mail

  Scenario: A link that the words name already is not said twice
    When Ruiz writes the public post on case A with the link "https://acme.test/lamps": "See https://acme.test/lamps for that."
    Then Dana receives "See https://acme.test/lamps for that." in the same thread
    And Dana does not receive "for that. https://acme.test/lamps"

  @F44
  Scenario: A public comment stays where only posts are replies
    When Ruiz writes the public comment on case A: "Lamp ordered."
    And Ruiz writes the public post on case A: "A new one is on its way."
    And 1 day passes
    Then Dana does not receive "Lamp ordered."
    And Dana has received 1 mail

  Scenario: Mails and posts leave in the order in which they were written
    Given the bridge is killed
    When Ruiz writes the public post on case A: "First, a question."
    And Ruiz replies on case A: "Second, an answer."
    And Ruiz writes the public post on case A: "Third, a greeting."
    Given the bridge starts again
    Then Dana receives in this order:
      | First, a question. |
      | Second, an answer. |
      | Third, a greeting. |
    And Dana has received 3 mails

  @F24
  Scenario: A public post of which no webhook tells is found by the sweep
    When 1 hour passes
    Given the next webhook from Salesforce is lost
    When Ruiz writes the public post on case A: "Which lamp is it?"
    And 30 minutes pass
    Then Dana receives "Which lamp is it?" in the same thread
    And Dana has received 1 mail

  @F36
  Scenario: A post whose sending was in doubt goes out once
    Given OpenCX accepts the next message send but loses the answer
    When Ruiz writes the public post on case A: "Which lamp is it?"
    And 1 hour passes
    Then Dana has received 1 mail

  @F80
  Scenario: A bridge that comes back with nothing stored knows which it has mailed
    When Ruiz writes the public post on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given the bridge is killed
    When Ruiz writes the public post on case A: "It may be the fuse."
    Given the bridge starts again with nothing stored
    When Dana replies: "The green one."
    Then case A gains the comment "The green one."
    And Dana receives "It may be the fuse." in the same thread
    And Dana has received 2 mails
    And case A has 2 comments

  Scenario: A post that is a link and nothing else is a reply too
    When Ruiz writes the public post on case A with nothing but the link "https://acme.test/lamps"
    Then Dana receives "https://acme.test/lamps" in the same thread
    And Dana has received 1 mail

  Scenario: The link of a rich post goes with it as it is
    When Ruiz writes the public post on case A in HTML with the link "https://acme.test/lamps?room=hall&colour=green": "<p>Which of <b>these</b> is it?</p>"
    Then Dana receives "Which of these is it?"
    And Dana receives "https://acme.test/lamps?room=hall&colour=green" in the same thread
    And Dana has received 1 mail

  @F80 @house
  Scenario: What a former self has mailed of a link and of a rich post is not an agent's own
    When Ruiz writes the public post on case A with the link "https://acme.test/lamps": "This is how it is wired."
    Then Dana receives "This is how it is wired." in the same thread
    When Ruiz writes the public post on case A in HTML: "<p>Looking <b>into</b> it.</p>"
    Then Dana receives "Looking into it." in the same thread
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Dana replies: "The green one."
    Then case A gains the comment "The green one."
    And case A has 2 comments
    And Dana has received 2 mails

  @house
  Scenario: A link whose parameter looks like a sign of HTML goes as it is
    When Ruiz writes the public post on case A in HTML with the link "https://acme.test/lamps?room=hall&copy=2": "<p>Which of <b>these</b> is it?</p>"
    Then Dana receives "https://acme.test/lamps?room=hall&copy=2" in the same thread
