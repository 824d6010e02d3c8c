@promise:attachments @F55
Feature: A picture that a rep puts into her text reaches the customer, or is said to be missing

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And a file "picture-1.png" of 3 KB
    And a file "picture-1.jpg" of 16 bytes
    And a file "picture-1.svg" of 16 bytes
    And a file "picture-2.png" of 3 KB
    And a file "film.bin" of 11 MB
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "How do I hang it?"
    And the AI hands off: "Dana asks how to hang a lamp"
    Then case A opens from opencx with the summary "Dana asks how to hang a lamp"

  @house
  Scenario: The composer keeps it on the Case
    When Ruiz replies on case A with the picture "label.png" in the text: "Like this."
    Then Dana receives "Like this." in the same thread with the file "label.png"
    And Dana has received 1 mail
    When 1 day passes
    Then Dana has received 1 mail

  @house
  Scenario: It was pasted
    When Ruiz pastes the picture "picture-1.png" into a reply on case A: "Like this."
    Then Dana receives "Like this." in the same thread with the file "picture-1.png"
    And Dana receives the file "picture-1.png" as "image/png"
    And Dana has received 1 mail

  @house
  Scenario: It is all that the reply has
    When Ruiz replies on case A in HTML: "<img src='data:image/png;base64,iVBORw0KGgo='>"
    Then Dana has received 1 mail
    When Ruiz replies on case A: "Do you see it?"
    Then Dana receives "Do you see it?" in the same thread
    And Dana has received 2 mails

  @F56 @house
  Scenario: Only the org's people can see it
    When Ruiz replies on case A in HTML: "<p>Like this.</p><img src='https://acme.file.force.com/servlet/rtaImage?eid=500000000000001'>"
    Then Dana receives "Like this." in the same thread
    And Dana receives "A picture in this message could not be sent"
    And Dana has received 1 mail

  @F56 @house
  Scenario: Only who is signed in to the org can see it
    When Ruiz replies on case A in HTML: "<p>Like this.</p><img src='https://acme.my.salesforce.com/servlet/servlet.FileDownload?file=00P000000000001'>"
    Then Dana receives "Like this." in the same thread
    And Dana receives "A picture in this message could not be sent"
    And Dana has received 1 mail

  @F56 @house
  Scenario: A file of another Case is not handed out, though the text names it
    When Eli emails help@acme.test about "Order 7": "Where is it?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    Then case B opens from opencx with the summary "Eli waits for order 7"
    When Ruiz attaches the file "invoice.pdf" to case B
    And Ruiz replies on case A with HTML that names the file "invoice.pdf" of case B: "Like this."
    Then Dana receives "Like this." in the same thread
    And Dana receives "A picture in this message could not be sent"
    And Dana has received 1 mail

  @F56 @house
  Scenario: One picture in two places of the text is one picture that is missing
    When Eli emails help@acme.test about "Order 7": "Where is it?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    Then case B opens from opencx with the summary "Eli waits for order 7"
    When Ruiz attaches the file "label.png" to case B
    And Ruiz replies on case A with HTML that names the file "label.png" of case B twice: "Like this."
    Then Dana receives "Like this." in the same thread
    And Dana receives "A picture in this message could not be sent"
    And Dana has received 1 mail

  Scenario: Her own pictures in a quote, and a logo on a web server, are no part of the reply
    When Ruiz replies on case A in HTML: "<p>Like this.</p><img src='https://acme.test/logo.png'><blockquote><img src='cid:lamp@example'></blockquote>"
    Then Dana receives "Like this." in the same thread
    And Dana does not receive "could not be sent"
    And Dana has received 1 mail

  @F56
  Scenario: A picture of the org's in a quote is no part of the reply
    When Ruiz replies on case A in HTML: "<p>Like this.</p><blockquote><img src='https://acme.file.force.com/servlet/rtaImage?eid=500000000000001'></blockquote>"
    Then Dana receives "Like this." in the same thread
    And Dana does not receive "could not be sent"
    And Dana has received 1 mail

  @house
  Scenario: Two were pasted, and a mail program has folded the second
    When Ruiz replies on case A in HTML: "<img src='data:image/png;base64,iVBORw0KGgo='><img src='data:image/png;base64,iVBORw0K\nGgpB'>"
    Then Dana receives the file "picture-2.png" as "image/png"
    And Dana has received 1 mail

  @house
  Scenario: It is linked to the mail a moment later
    When Ruiz replies on case A in HTML: "<p>Like this.</p><img src='cid:label@acme.test'>"
    And Ruiz attaches the file "label.png" to the last reply on case A
    Then Dana receives "Like this." in the same thread with the file "label.png"
    And Dana has received 1 mail

  @house @F46
  Scenario: Other files of the Case stay where they are
    When Ruiz attaches the file "film.bin" to case A
    And Ruiz replies on case A with the picture "label.png" in the text: "Like this."
    Then Dana receives "Like this." in the same thread with the file "label.png"
    And Dana does not receive "film.bin"

  @F56
  Scenario: Nor is one behind a quote within the quote
    When Ruiz replies on case A in HTML: "<p>Like this.</p><blockquote><blockquote>Before.</blockquote><img src='https://acme.file.force.com/servlet/rtaImage?eid=500000000000001'></blockquote>"
    Then Dana receives "Like this." in the same thread
    And Dana does not receive "could not be sent"

  @house
  Scenario: It is linked to the mail when the reply could have left
    When Ruiz replies on case A in HTML: "<p>Like this.</p><img src='cid:label@acme.test'>"
    And 8 seconds pass
    And Ruiz attaches the file "label.png" to the last reply on case A
    Then Dana receives "Like this." in the same thread with the file "label.png"
    And Dana has received 1 mail

  @house
  Scenario: Two are missing, each for a reason of its own
    When Ruiz replies on case A in HTML: "<p>Like this.</p><img src='https://acme.file.force.com/servlet/rtaImage?eid=500000000000001'><img src='https://acme.file.force.com/sfc/servlet.shepherd/version/download/068000000000001'>"
    Then Dana receives "2 pictures in this message could not be sent" in the same thread
    And Dana has received 1 mail

  @house
  Scenario Outline: It cannot be read: <what>
    When Ruiz replies on case A in HTML: "<html>"
    Then Dana receives "A picture in this message could not be sent" in the same thread
    And Dana has received 1 mail

    Examples:
      | what                          | html                                                    |
      | what was pasted is no picture | <p>Like this.</p><img src='data:image/png;base64,@@@@'> |
      | its address names no file     | <p>Like this.</p><img src='sfdc://069'>                 |

  @house
  Scenario: It stands behind a quote
    When Ruiz replies on case A in HTML: "<blockquote>How do I hang it?</blockquote><p>Like this.</p><img src='data:image/png;base64,iVBORw0KGgo='>"
    Then Dana receives the file "picture-1.png" as "image/png"

  @house
  Scenario: The text names it by its document
    When Ruiz attaches the file "label.png" to case A
    And Ruiz replies on case A with HTML that names the file "label.png" of case A by its document: "Like this."
    Then Dana receives "Like this." in the same thread with the file "label.png"
    And Dana has received 1 mail

  @house
  Scenario: A picture that the reply has as its file, too, goes out once
    When Ruiz attaches the file "picture-1.png" to case A
    And Ruiz attaches the file "picture-2.png" to case A
    And Ruiz replies on case A with HTML that names the file "picture-1.png" and the file "picture-2.png" of case A: "Like this."
    And Ruiz links the file "picture-1.png" of case A to the last reply
    Then Dana receives "Like this." in the same thread with the file "picture-1.png" and the file "picture-2.png"
    And Dana receives "Like this." with 2 files
    And Dana has received 1 mail

  @house
  Scenario: What was pasted is named by its kind, though a blank stands before its address
    When Ruiz replies on case A in HTML: "Like this.<img src=' data:image/jpeg;base64,R0lGODlhAQABAAAAACw='>"
    Then Dana receives the file "picture-1.jpg" as "image/jpeg"
    When Ruiz replies on case A in HTML: "And drawn.<img src='data:image/svg+xml;base64,R0lGODlhAQABAAAAACw='>"
    Then Dana receives the file "picture-1.svg" as "application/octet-stream"

  @house
  Scenario: A page that was pasted as a picture is none
    When Ruiz replies on case A in HTML: "Like this.<img src='data:text/html;base64,PGI+PC9iPg=='>"
    Then Dana receives "A picture in this message could not be sent" with 0 files

  @house
  Scenario: An address that only looks like a file's is not waited for
    When Ruiz replies on case A in HTML: "Like this.<img src='/sfc/servlet.shepherd/document/download/a069000000000000AAA'>"
    Then Dana receives "A picture in this message could not be sent" within 10 seconds
