//! Every edge case of lists of invitations, by its id.

use super::*;

fn read_text(text: &str) -> Noted<Invitations> {
    read(&FileId::new("list.csv"), text.as_bytes()).unwrap().unwrap()
}

fn rate<'a>(rates: &'a [Rate], name: &str) -> &'a Rate {
    rates.iter().find(|rate| rate.name == name).unwrap()
}

/// A history as the API gives it: sent, opened, started and finished have their times, the state is the latest only.
const HISTORY: &str = "\
contactId,distributionId,status,responseId,sentAt,openedAt,responseStartedAt,responseCompletedAt
C1,D,SurveyFinished,R_1,2026-01-01T08:00:00Z,2026-01-01T09:00:00Z,2026-01-01T09:01:00Z,2026-01-01T09:10:00Z
C2,D,SurveyPartiallyFinished,R_2,2026-01-01T08:00:00Z,,2026-01-02T09:01:00Z,
C3,D,SurveyStarted,,2026-01-01T08:00:00Z,,,
C4,D,Opened,,2026-01-01T08:00:00Z,2026-01-01T09:00:00Z,,
C5,D,Success,,2026-01-01T08:00:00Z,,,
C6,D,SoftBounce,,2026-01-01T08:00:00Z,,,
C7,D,HardBounce,,2026-01-01T08:00:00Z,,,
C8,D,Failure,,,,,
C9,D,Skipped,,,,,
C10,D,Pending,,,,,
C11,D,SurveyScreenedOut,R_3,2026-01-01T08:00:00Z,,2026-01-01T09:01:00Z,2026-01-01T09:02:00Z
C12,D,SurveyFinished,Anonymous,2026-01-01T08:00:00Z,,,2026-01-01T09:02:00Z
";

#[test]
fn the_funnel_comes_from_the_times_and_not_from_the_latest_state_alone() {
    let noted = read_text(HISTORY);
    let funnel = noted.value.funnel().unwrap();
    assert_eq!(noted.value.list, List::History);
    assert_eq!((funnel.listed, funnel.sent, funnel.failed, funnel.bounced), (12, 10, 1, 2));
    // Finished, partial, started, opened, screened out and finished again were all opened.
    assert_eq!((funnel.opened, funnel.started, funnel.partial), (6, 5, 1));
    assert_eq!((funnel.screened_out, funnel.finished), (1, 2));
    assert!(noted.notes.is_empty(), "{:?}", noted.notes);
}

#[test]
fn d_01_failed_is_not_bounced_and_neither_is_delivered() {
    let rates = read_text(HISTORY).value.rates();
    let delivered = rate(&rates, "delivered");
    assert_eq!((delivered.count, delivered.of), (7, 10));
    let response = rate(&rates, "response rate");
    assert_eq!((response.count, response.of), (2, 9));
    let partial = rate(&rates, "response rate with partials");
    assert_eq!((partial.count, partial.of), (3, 9));
}

#[test]
fn d_02_who_was_held_back_was_never_asked() {
    let invitations = read_text(HISTORY).value;
    assert_eq!(invitations.funnel().unwrap().held_back, 1);
    let asked: Vec<u32> =
        invitations.people.iter().filter(|person| !person.was_asked()).map(|person| person.line).collect();
    assert_eq!(asked, [10, 11]);
}

#[test]
fn d_03_opened_is_called_inexact() {
    let rates = read_text(HISTORY).value.rates();
    let open = rate(&rates, "open rate");
    assert_eq!((open.count, open.of), (6, 7));
    assert!(open.definition.contains("not exact"));
}

#[test]
fn d_05_reminders_are_no_further_people_and_the_furthest_stage_counts() {
    let text = "External Data Reference,Email Address,Status\n\
                a,A@x.org,Email Sent\nb,b@x.org,Survey Finished\na,a@x.org,Survey Started\n,C@X.org,Email Sent\n,c@x.org,Hard Bounce\n";
    let people = read_text(text).value.people;
    let stages: Vec<_> = people.iter().map(|person| (person.line, person.sending, person.reached)).collect();
    assert_eq!(
        stages,
        [
            (2, Sending::Sent, Reached::Started),
            (3, Sending::Sent, Reached::Finished),
            (5, Sending::Sent, Reached::Nothing)
        ]
    );
    assert_eq!(people[0].again, [4]);
}

#[test]
fn d_06_two_references_of_one_address_are_two_people() {
    let text = "External Data Reference,Email Address,Status\na,x@x.org,Email Sent\nb,x@x.org,Email Sent\n";
    assert_eq!(read_text(text).value.people.len(), 2);
}

#[test]
fn d_08_anonymous_responses_are_counted_and_not_joined() {
    let invitations = read_text(HISTORY).value;
    assert_eq!(invitations.anonymous, 1);
    assert_eq!(invitations.people[11].response, None);
    assert_eq!(invitations.people[0].response.as_deref(), Some("R_1"));
}

#[test]
fn d_09_the_dashboards_response_rate_is_called_what_it_is() {
    let rates = read_text(HISTORY).value.rates();
    let dashboard = rate(&rates, "what Qualtrics' dashboard calls response rate");
    assert_eq!((dashboard.count, dashboard.of), (5, 12));
}

#[test]
fn d_10_the_opted_out_are_listed_and_not_asked() {
    let text = "contactId,transactionId,link,exceededContactFrequency,linkExpiration,status,lastName,firstName,\
                externalDataReference,email,unsubscribed\n\
                C1,T,l,0,2027-01-01,x,L,F,e1,a@x.org,false\nC2,T,l,0,2027-01-01,x,L,F,e2,b@x.org,true\n";
    let invitations = read_text(text).value;
    assert_eq!(invitations.list, List::Links);
    let asked: Vec<bool> = invitations.people.iter().map(Invited::was_asked).collect();
    assert_eq!(asked, [true, false]);
    // A list of links does not say who was sent one.
    assert_eq!(invitations.funnel(), None);
    assert!(invitations.rates().is_empty());
}

#[test]
fn a_state_that_is_not_known_is_noted_once_with_its_place() {
    let text = "contactId,distributionId,status,sentAt\nC1,D,Teleported,2026-01-01\nC2,D,Teleported,\nC3,D,Success,soon\n";
    let noted = read_text(text);
    let places: Vec<String> = noted.notes.iter().map(|note| note.place.to_string()).collect();
    assert_eq!(places.len(), 2);
    assert!(noted.notes[0].message.contains("1 more cell"), "{}", noted.notes[0].message);
    let sending: Vec<Sending> = noted.value.people.iter().map(|person| person.sending).collect();
    assert_eq!(sending, [Sending::Sent, Sending::Waiting, Sending::Sent]);
}

/// A participant list as the API gives it.
const PARTICIPANTS: &str = "\
email,email_occurrence,identifier,record,invitation_sent_status,invitation_send_time,response_status,survey_access_code,survey_link
a@x.org,1,,1,1,2026-01-01 08:00,2,X,l
a@x.org,2,,,1,2026-01-01 08:00,0,X,l
b@x.org,1,,3,1,2026-01-01 08:00,1,X,l
c@x.org,1,,,0,,0,X,l
[no email listed],1,,9,0,,2,X,l
d@x.org,1,,5,0,,2,X,l
";

#[test]
fn p_01_the_rates_of_a_participant_list_say_that_delivery_is_unknown() {
    let invitations = read_text(PARTICIPANTS).value;
    let rates = invitations.rates();
    let finished = rate(&rates, "finished per invited");
    assert_eq!((finished.count, finished.of), (1, 3));
    assert!(finished.definition.contains("delivery is not known"));
    let partial = rate(&rates, "finished or partial per invited");
    assert_eq!((partial.count, partial.of), (2, 3));
    assert!(!invitations.list.knows_delivery());
}

#[test]
fn p_03_every_reminder_is_a_row_and_people_are_counted() {
    let text = "Invitation Send Time,Participant Email,Record,Participant Identifier,Survey,Survey Link,Responded?,Errors (if any)\n\
                01/02/2026 8:00am,a@x.org,1,,Baseline,l,No,\n01/09/2026 8:00am,a@x.org,1,,Baseline,l,Yes,\n\
                01/02/2026 8:00am,b@x.org,2,,Baseline,l,No,address refused\n";
    let noted = read_text(text);
    let funnel = noted.value.funnel().unwrap();
    assert_eq!(noted.value.list, List::InvitationLog);
    assert_eq!(
        (noted.value.rows, funnel.listed, funnel.sent, funnel.failed, funnel.finished),
        (3, 2, 2, 1, 1)
    );
    assert!(noted.notes.is_empty());
}

#[test]
fn p_04_responders_by_the_public_link_were_never_invited() {
    let invitations = read_text(PARTICIPANTS).value;
    assert_eq!((invitations.public, invitations.people.len()), (1, 5));
}

#[test]
fn p_05_without_a_record_every_entry_of_an_address_is_a_person_of_its_own() {
    let text = "Email,Record,Participant Identifier,Responded?,Invitation Scheduled?,Invitation Sent?,Link\n\
                a@x.org,,,No,No,Yes,l\na@x.org,,,Yes,No,Yes,l\n";
    assert_eq!(read_text(text).value.people.len(), 2);
    let people = read_text(PARTICIPANTS).value.people;
    assert_eq!(people.iter().filter(|person| person.email.as_deref() == Some("a@x.org")).count(), 2);
}

#[test]
fn p_06_invitations_to_several_surveys_are_said_with_the_remedy() {
    let text = "Invitation Send Time,Participant Email,Record,Survey,Responded?\n\
                2026-01-01 08:00,a@x.org,1,Baseline,Yes\n2026-02-01 08:00,a@x.org,1,Follow-up,No\n";
    let noted = read_text(text);
    assert_eq!(noted.notes[0].code, codes::INVITATIONS_MIXED);
    let grid = grid::read(&FileId::new("list.csv"), text.as_bytes()).unwrap().value;
    let one = of_grid(&grid, |record| record.cell(3) == "Follow-up").unwrap();
    assert_eq!((one.value.rows, one.notes.len(), one.value.people[0].reached), (1, 0, Reached::Nothing));
}

#[test]
fn p_07_scheduled_and_unsent_is_not_invited() {
    let text = "Email,Record,Responded?,Invitation Scheduled?,Invitation Sent?\na@x.org,1,No,2026-03-01 08:00,No\nb@x.org,2,No,No,Yes\n";
    let funnel = read_text(text).value.funnel().unwrap();
    assert_eq!((funnel.listed, funnel.waiting, funnel.sent), (2, 1, 1));
}

#[test]
fn p_08_one_saved_page_makes_a_partial_response() {
    let people = read_text(PARTICIPANTS).value.people;
    let reached: Vec<_> = people.iter().map(|person| (person.line, person.reached)).collect();
    assert_eq!(reached[2], (4, Reached::Partial));
    assert_eq!(reached[3], (5, Reached::Nothing));
}

#[test]
fn p_09_a_responder_to_whom_nothing_was_sent_is_in_no_rate() {
    let invitations = read_text(PARTICIPANTS).value;
    let funnel = invitations.funnel().unwrap();
    assert_eq!((funnel.finished, funnel.uninvited), (2, 1));
    assert_eq!(rate(&invitations.rates(), "finished per invited").count, 1);
}

#[test]
fn contacts_are_known_by_their_columns_and_a_survey_is_not_taken_for_them() {
    let contacts =
        "Email,FirstName,LastName,ExternalDataReference,Language,Phone,Cohort\na@x.org,A,B,1,EN,,x\n";
    assert_eq!(read_text(contacts).value.list, List::Contacts);
    for text in ["id,status,email\n1,Married,a@x.org\n", "Email,Name,Q1\na,b,2\n", "status,email\n,\n"] {
        let grid = grid::read(&FileId::new("a.csv"), text.as_bytes()).unwrap().value;
        assert_eq!(detect(&grid), None, "{text}");
    }
}
