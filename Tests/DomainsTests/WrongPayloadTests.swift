import Jobs
import TestSupport
import Testing

/// Payloads that would be dead letters, most of them only in the handler.
@Suite("Wrong payloads")
struct WrongPayloadTests {
    @Test(arguments: [
        (#"{"template":"welcome"}"#, "/to: is missing"),
        (#"{"to":"ada","template":"welcome"}"#, "/to: must be a mail address"),
        (#"{"to":"a@b.example\r\nBcc: c@d.example","template":"w"}"#, "/to: must be a mail address"),
        (#"{"to":[],"template":"welcome"}"#, "/to: must have 1 to 100 elements"),
        (#"{"to":["a@b.example","c"],"template":"welcome"}"#, "/to/1: must be a mail address"),
        (#"{"to":"a@b.example","cc":7,"template":"welcome"}"#, "/cc: must be a text or an array"),
        (#"{"to":"a@b.example","from":"","template":"welcome"}"#, "/from: must be a mail address"),
        (#"{"to":"a@b.example"}"#, "needs either 'template', or 'subject'"),
        (#"{"to":"a@b.example","subject":"Hi"}"#, "needs either 'template', or 'subject'"),
        (#"{"to":"a@b.example","subject":"Hi","text":null}"#, "needs either 'template', or 'subject'"),
        (#"{"to":"a@b.example","template":"w","subject":"Hi"}"#, "needs either 'template', or 'subject'"),
        (#"{"to":"a@b.example","template":"Welcome"}"#, "/template: must be 1 to 64 lower-case letters"),
        (#"{"to":"a@b.example","template":"../etc"}"#, "/template: must be 1 to 64 lower-case letters"),
        (#"{"to":"a@b.example","template":"_partials"}"#, "/template: must be 1 to 64 lower-case letters"),
        (#"{"to":"a@b.example","template":"w","locale":"german, please"}"#, "/locale: must be a locale"),
        (#"{"to":"a@b.example","subject":"a\nb","text":"t"}"#, "/subject: must be a subject: on one line"),
        (#"{"to":"a@b.example","subject":" ","text":"t"}"#, "/subject: must be a subject: on one line"),
        (
            #"{"to":"a@b.example","template":"w","attachments":[{"key":"/etc/passwd"}]}"#,
            "/attachments/0/key: must be a key"
        ),
        (
            #"{"to":"a@b.example","template":"w","attachments":[{"key":"a","name":"../a"}]}"#,
            "/attachments/0/name: must be"
        ),
        (
            #"{"to":"a@b.example","template":"w","attachments":[{"key":"a","type":"pdf"}]}"#,
            "/attachments/0/type: must be"
        ),
        (#"{"to":"a@b.example","template":"w","list":"Weekly"}"#, "/list: must be 1 to 64 lower-case letters"),
        (#"{"to":"a@b.example","cc":"c@d.example","template":"w","list":"weekly"}"#, "needs 'list' without 'cc'"),
        (#"{"to":"a@b.example","template":"w","key":""}"#, "/key: must have 1 to 500 characters"),
        (#"{"to":"a@b.example","template":"w","atLeastOnce":"yes"}"#, "/atLeastOnce: must be true or false"),
    ]) func `of a mail`(args: String, problem: String) throws { try expect("email.send", args, problem) }

    @Test(arguments: [
        (#"{"mailing":"a b","mail":{"template":"w"}}"#, "/mailing: must be 1 to 64 letters"),
        (#"{"mailing":"a"}"#, "/mail: is missing"),
        (#"{"mailing":"a","mail":{}}"#, "/mail: needs either 'template'"),
        (#"{"mailing":"a","mail":{"template":"w","to":null}}"#, "/mail/to: must be left out"),
        (#"{"mailing":"a","mail":{"template":"w","key":"k"}}"#, "/mail/key: must be left out"),
        (#"{"mailing":"a","recipients":"../a","mail":{"template":"w"}}"#, "/recipients: must be a key in the storage"),
    ]) func `of a broadcast`(args: String, problem: String) throws { try expect("email.broadcast", args, problem) }

    @Test(arguments: [
        ("{}", "needs either 'attempt', or 'learner'"), (#"{"attempt":"1"}"#, "/attempt: must be a whole number"),
        (#"{"attempt":1,"learner":"ada"}"#, "needs either 'attempt'"),
        (#"{"learner":"ada"}"#, "needs either 'attempt'"),
        (#"{"learner":"ada","submission":{"quiz":"q","responses":{}}}"#, "/submission/version: is missing"),
        (#"{"learner":"","submission":{"quiz":"q","version":1,"responses":{}}}"#, "/learner: must have 1 to 255"),
        (
            #"{"learner":"a\u0000","submission":{"quiz":"q","version":1,"responses":{}}}"#,
            "/learner: must be a text without"
        ),
        (
            #"{"learner":"a","submission":{"quiz":"q","version":1,"answers":{},"responses":{}}}"#,
            "/submission/answers: is not known"
        ),
        (
            #"{"learner":"a","submission":{"quiz":"q","version":-1,"responses":{}}}"#,
            "/submission/version: must be from 0"
        ),
        (
            #"{"learner":"a","submission":{"quiz":"q","version":1,"attempt":0,"responses":{}}}"#,
            "/submission/attempt: must be from 1"
        ),
        (
            #"{"learner":"a","submission":{"quiz":"q","version":1,"seed":9007199254740993,"responses":{}}}"#,
            "/submission/seed: must be"
        ),
        (
            #"{"learner":"a","submission":{"quiz":"q","version":1,"marks":{"q1":{"points":1}},"responses":{}}}"#,
            "/submission/marks/q1: must be left out"
        ),
        (
            #"{"learner":"a","submission":{"quiz":"q","version":1,"responses":{"q1":"b"}}}"#,
            "/submission/responses/q1: must be an object"
        ),
        (
            #"{"learner":"a","submission":{"quiz":"q","version":1,"responses":{"q1":{"answer":"b"}}}}"#,
            "/submission/responses/q1/answer: is not known"
        ),
        (
            #"{"learner":"a","submission":{"quiz":"q","version":1,"responses":{"q1":{"value":[["b"]]}}}}"#,
            "/submission/responses/q1/value/0: must be"
        ),
        (
            #"{"learner":"a","submission":{"quiz":"q","version":1,"responses":{"q1":{"value":{"a":{"b":"c"}}}}}}"#,
            "/submission/responses/q1/value/a: must be"
        ),
    ]) func `of a submission`(args: String, problem: String) throws { try expect("quiz.grade", args, problem) }

    @Test(arguments: [
        ("{}", "needs either 'quiz', or 'course'"), (#"{"quiz":"q","course":"c"}"#, "needs either 'quiz'"),
        (#"{"course":"c","version":2}"#, "needs either 'quiz'"),
        (#"{"quiz":"q","version":-1}"#, "/version: must be from 0"),
        (#"{"quiz":"q","dryRun":1}"#, "/dryRun: must be true or false"),
    ]) func `of a regrade`(args: String, problem: String) throws { try expect("quiz.regrade", args, problem) }

    @Test(arguments: [
        (#"{"course":"c"}"#, "/learner: is missing"), (#"{"learner":"ada"}"#, "/course: is missing"),
        (#"{"learner":"","course":"c"}"#, "/learner: must be 1 to 255 bytes"),
        (#"{"learner":"erased:1","course":"c"}"#, "/learner: must be 1 to 255 bytes"),
        (#"{"learner":"a","course":"c","version":0}"#, "/version: must be from 1"),
        (#"{"learner":"a","course":"c","name":" "}"#, "/name: must be a text of at most 300"),
        (#"{"learner":"a","course":"c","date":"2026-02-30"}"#, "/date: must be a day"),
        (#"{"learner":"a","course":"c","expires":"tomorrow"}"#, "/expires: must be a day"),
        (#"{"learner":"a","course":"c","signature":"/a.png"}"#, "/signature: must be a key"),
        (#"{"learner":"a","course":"c","language":"e"}"#, "/language: must be a language"),
        (#"{"learner":"a","course":"c","page":"A5"}"#, "/page: must be A4 or letter"),
        (#"{"learner":"a","course":"c","mail":{}}"#, "/mail/to: is missing"),
        (#"{"learner":"a","course":"c","mail":{"to":null}}"#, "/mail/to: must be a text or an array"),
    ]) func `of a certificate`(args: String, problem: String) throws { try expect("certificate.issue", args, problem) }

    @Test(arguments: [
        ("certificate.reissue", #"{"reason":"r"}"#, "/certificate: is missing"),
        (
            "certificate.reissue", #"{"certificate":"7QF4-9KXM-2D8R-T5VU","reason":"r"}"#,
            "/certificate: must be a certificate's code"
        ),
        ("certificate.revoke", #"{"certificate":"7QF4-9KXM-2D8R-T5VC","reason":""}"#, "/reason: must be a sentence"),
        ("certificate.cohort", #"{"cohort":"a/b","course":"c"}"#, "/cohort: must be 1 to 64 letters"),
        ("certificate.cohort", #"{"cohort":"a","course":"c","fields":[]}"#, "/fields: must be an object"),
    ]) func `of other work with certificates`(type: String, args: String, problem: String) throws {
        try expect(type, args, problem)
    }

    @Test(arguments: [
        ("video.transcode", #"{"destination":"videos/a"}"#, "/source: is missing"),
        ("video.transcode", #"{"source":"../a","destination":"b"}"#, "/source: must be a key in the storage"),
        ("video.transcode", #"{"source":"a","destination":"/b"}"#, "/destination: must be a key in the storage"),
        (
            "video.transcode", #"{"source":"a","destination":"b","captions":[{"language":"de"}]}"#,
            "/captions/0/source: is missing"
        ),
        (
            "video.transcode", #"{"source":"a","destination":"b","encryption":{"address":"a\"b","key":"k"}}"#,
            "/encryption/address: must be an https address"
        ),
        (
            "video.transcode", #"{"source":"a","destination":"b","follows":{"mail":true}}"#,
            "/follows/mail: is not known"
        ),
        ("video.chunk", #"{"video":"media:1-0","folder":"a/chunks-1","chunk":-1}"#, "/chunk: must be from 0"),
        ("video.sound", #"{"video":"1-0","folder":"a/chunks-1"}"#, "/video: must be the id of a job"),
        ("video.sweep", #"{"video":"media:1-0","folder":"a"}"#, "/folder: must be a folder of chunks"),
    ]) func `of a video`(type: String, args: String, problem: String) throws { try expect(type, args, problem) }

    @Test(arguments: [
        ("diagnostics.sleep", "{}", "/seconds: is missing"),
        ("diagnostics.sleep", #"{"seconds":86401}"#, "/seconds: must be from 0 to 86400"),
        ("diagnostics.crash", #"{"how":"softly"}"#, "/how: must be one of trap, overflow"),
        ("diagnostics.steps", #"{"key":"a","steps":0,"milliseconds":1}"#, "/steps: must be from 1"),
    ]) func `of a try`(type: String, args: String, problem: String) throws { try expect(type, args, problem) }

    private func expect(_ type: String, _ args: String, _ problem: String) throws {
        let told = try AllTypes.job(type).payloadSchema.violations(in: Array(args.utf8)).map(\.description)
        #expect(told.count == 1 && told[0].contains(problem), "\(told)")
    }
}
