@promise:attachments @F54
Feature: Files that are too many or too large are named, and the others arrive

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Rule: Together they may be 10 MB

    Background:
      Given a file "first.pdf" of 6 MB
      And a file "second.pdf" of 5 MB
      And a file "third.pdf" of 3 MB
      When Dana emails help@acme.test about "Broken cup": "It arrived broken."
      And the AI hands off: "Dana wants a new cup"
      Then case A opens from opencx with the summary "Dana wants a new cup"

    @house
    Scenario: Of three files the second has no room, and the third has
      When Ruiz replies on case A with the file "first.pdf" and the file "second.pdf" and the file "third.pdf": "Three files."
      Then Dana receives "Three files." in the same thread with the file "first.pdf" and the file "third.pdf"
      And Dana has received "second.pdf" 1 time
      And Dana has received "5.0 MB" 1 time
      And Dana does not receive "third.pdf"
      And Dana has received 1 mail

    @house
    Scenario Outline: A mail with more files than anybody reads: <count>
      When Dana emails help@acme.test about "My receipts" with <count> small files: "All of them."
      Then case A gains the comment "and <more> more files"
      And case A has 50 files
      And the bridge has nothing left to do

      Examples:
        | count | more |
        | 51    | 1    |
        | 53    | 3    |

  Rule: One may be as large as all

    Background:
      Given a file "ten.pdf" of 10 MB
      And a file "eleven.pdf" of 11 MB
      And a file "film.bin" of 21 MB
      When Dana emails help@acme.test about "Broken cup": "It arrived broken."
      And the AI hands off: "Dana wants a new cup"
      Then case A opens from opencx with the summary "Dana wants a new cup"

    Scenario: A file that just fits
      When Ruiz replies on case A with the file "ten.pdf": "One file."
      Then Dana receives "One file." in the same thread with the file "ten.pdf"

    Scenario: A file that no mail can carry is named
      When Ruiz replies on case A with the file "eleven.pdf": "See the film."
      Then Dana receives "See the film." in the same thread
      And Dana receives "eleven.pdf" in the same thread

    @house
    Scenario: One that is far too large is named with its size
      When Ruiz replies on case A with the file "film.bin": "See the film."
      Then Dana receives "See the film." in the same thread
      And Dana receives "The file \"film.bin\" (21.0 MB) is too large to be sent by email" in the same thread

    @house
    Scenario: A reply that is nothing but a file that has no room says so
      When Ruiz replies on case A with the file "eleven.pdf": "See the film."
      Then Dana receives "The file \"eleven.pdf\" (11.0 MB) is too large to be sent by email" in the same thread
      And Dana has received 1 mail

    @F53 @house
    Scenario: A file that comes late and has no room is named
      When Ruiz replies on case A and announces a file: "See the film."
      And 2 minutes pass
      And Ruiz attaches the file "eleven.pdf" to the last reply on case A
      And 10 minutes pass
      Then Dana receives "See the film." in the same thread
      And Dana receives "The file \"eleven.pdf\" (11.0 MB) is too large to be sent by email" in the same thread
