@promise:attachments @house
Feature: OpenCX may tell of a file what the mail says of it, and the file comes all the same, or the rep is told of it

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F13
  Scenario: Files stand on another host and not behind https: nobody there learns OpenCX's key, and the rep reads which file he lacks
    Given OpenCX keeps files on another host
    When Dana emails help@acme.test about "Lamp" with the file "invoice.pdf": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "The customer's file \"invoice.pdf\" could not be copied here."
    And case A has 0 files
    When Ruiz replies on case A: "Please send it again."
    Then Dana receives "Please send it again." in the same thread
    And the bridge has nothing left to do

  Scenario: The size that is told is that of the file in its mail
    Given OpenCX tells sizes of files as they were mailed
    When Dana emails help@acme.test about "Lamp" with the file "invoice.pdf": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When 1 hour passes
    Then case A has the file "invoice.pdf"
    And the bridge has nothing left to do

  Scenario Outline: The name that is told is <what>
    Given OpenCX tells names of files as they were mailed
    When Dana sends the raw mail:
      """
      From: dana@example.test
      To: help@acme.test
      Subject: Lamp
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="part"

      --part
      Content-Type: text/plain

      It flickers.
      --part
      Content-Type: text/x-list
      Content-Disposition: attachment<name>

      An old lamp.
      --part--
      """
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A has 1 file
    And "An old lamp." stands in the file "<file>" of case A
    And the bridge has nothing left to do

    Examples:
      | what                   | name                                                        | file            |
      | a path of Windows      | ; filename*=utf-8''C%3A%5CUsers%5Cdana%5Clist.txt         | list.txt        |
      | a path                 | ; filename="/home/dana/list.txt"                            | list.txt        |
      | of two lines           | ; filename*=utf-8''scan%0D%0Aof%20it.txt                    | scanof it.txt   |
      | none at all            |                                                             | attachment      |

  Scenario: The name that is told is longer than a title may be
    Given OpenCX tells names of files as they were mailed
    When Dana sends the raw mail:
      """
      From: dana@example.test
      To: help@acme.test
      Subject: Lamp
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="part"

      --part
      Content-Type: text/plain

      It flickers.
      --part
      Content-Type: application/pdf
      Content-Disposition: attachment; filename="the lamp that I bought last winter flickers whenever somebody walks past it on the stairs and here is what my neighbour who knows about such things wrote to me about it after he had looked at it twice with his glasses on and once without them and had asked his brother.pdf"
      Content-Transfer-Encoding: base64

      JVBERi0xLjQK
      --part--
      """
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A has 1 file
    And the bridge has nothing left to do
