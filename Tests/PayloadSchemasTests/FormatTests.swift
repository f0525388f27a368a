import PayloadSchemas
import Testing

/// What the standards say of the formats, which is also what the official tests of JSON Schema ask for.
@Suite("Formats of texts")
struct FormatTests {
    private static let all: [TextFormat] = [.email, .uri, .date, .dateTime, .duration, .uuid, .withoutNUL]

    @Test(arguments: all.indices) func `take their own examples`(index: Int) {
        let format = Self.all[index]
        for example in format.examples { #expect(format.accepts(example), "\(format.name): \(example)") }
        #expect(format == .withoutNUL || !format.accepts(""))
    }

    @Test(arguments: [
        ("te~st@example.com", true), ("~test@example.com", true), ("te.s.t@example.com", true), ("a@b", true),
        ("2962", false), (".test@example.com", false), ("test.@example.com", false), ("te..st@example.com", false),
        ("joe@-a.com", false), ("joe@a..com", false), ("@example.com", false), ("a b@example.com", false),
        ("a@b@example.com", false), ("é@example.com", false), ("a@example.com\n", false),
        (String(repeating: "a", count: 65) + "@example.com", false),
    ]) func `a mail address`(text: String, isOne: Bool) { #expect(TextFormat.email.accepts(text) == isOne) }

    @Test(arguments: [
        ("http://foo.bar/?baz=qux#quux", true), ("http://foo.com/blah_(wikipedia)_blah#cite-1", true),
        ("http://foo.bar/?q=Test%20URL-encoded%20stuff", true), ("http://xn--nw2a.xn--j6w193g/", true),
        ("http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com", true), ("http://223.255.255.254", true),
        ("ftp://ftp.is.co.za/rfc/rfc1808.txt", true), ("ldap://[2001:db8::7]/c=GB?objectClass?one", true),
        ("mailto:John.Doe@example.com", true), ("tel:+1-816-555-1212", true), ("urn:oasis:names:a:b", true),
        ("//foo.bar/?baz=qux#quux", false), ("/abc", false), ("\\\\WINDOWS\\fileshare", false), ("abc", false),
        ("http:// shouldfail.com", false), (":// should fail", false), ("bar,baz:foo", false),
        ("https://[@example.org/test.txt", false), ("https://example.org/foobar\\.txt", false),
        ("https://example.org/foobar<>.txt", false), ("https://example.org/foobar{}.txt", false),
        ("https://example.org/foobar^.txt", false), ("https://example.org/foobar`.txt", false),
        ("https://example.org/foo bar.txt", false), ("https://example.org/foobar|.txt", false),
        ("https://example.org/%zz", false), ("https://example.org/%a", false), ("http://é.org", false),
        ("a:b#c#d", false), ("https://example.org/[1]", false),
    ]) func `an address`(text: String, isOne: Bool) { #expect(TextFormat.uri.accepts(text) == isOne) }

    @Test(arguments: [
        ("1963-06-19", true), ("2020-01-31", true), ("2020-02-29", true), ("2000-02-29", true),
        ("2021-02-29", false), ("1900-02-29", false), ("2020-04-31", false), ("2020-13-01", false),
        ("2020-00-01", false),
        ("2020-01-00", false), ("06/19/1963", false), ("2013-350", false), ("1998-1-20", false), ("1998-01-1", false),
        ("20230328", false), ("2023-W01", false), ("1963-06-1৪", false), ("2020-01-01Z", false),
    ]) func `a day`(text: String, isOne: Bool) { #expect(TextFormat.date.accepts(text) == isOne) }

    @Test(arguments: [
        ("1963-06-19T08:30:06.283185Z", true), ("1963-06-19T08:30:06Z", true), ("1937-01-01T12:00:27.87+00:20", true),
        ("1990-12-31T15:59:50.123-08:00", true), ("1998-12-31T23:59:60Z", true),
        ("1998-12-31T15:59:60.123-08:00", true),
        ("1963-06-19t08:30:06.283185z", true), ("1998-12-31T23:59:61Z", false), ("1998-12-31T23:58:60Z", false),
        ("1998-12-31T22:59:60Z", false), ("1990-02-31T15:59:59.123-08:00", false),
        ("1990-12-31T15:59:59-24:00", false), ("1963-06-19T08:30:06.28123+01:00Z", false),
        ("06/19/1963 08:30:06 PST", false), ("2013-350T01:01:01", false), ("1963-6-19T08:30:06.283185Z", false),
        ("1963-06-1T08:30:06.283185Z", false), ("1963-06-1৪T00:00:00Z", false), ("1963-06-11T0৪:00:00Z", false),
        ("1963-06-19T24:00:00Z", false), ("1963-06-19T00:60:00Z", false), ("1963-06-19 00:00:00Z", false),
        ("1963-06-19T00:00:00", false), ("1963-06-19T00:00:00.Z", false), ("1963-06-19T00:00:00+0100", false),
    ]) func `a time`(text: String, isOne: Bool) { #expect(TextFormat.dateTime.accepts(text) == isOne) }

    @Test(arguments: [
        ("P4DT12H30M5S", true), ("P4Y", true), ("PT0S", true), ("P0D", true), ("P1M", true), ("PT1M", true),
        ("PT36H", true), ("P1DT12H", true), ("P2W", true), ("P1Y2M3DT4H5M6S", true),
        ("PT1D", false), ("4DT12H30M5S", false), ("P", false), ("P1YT", false), ("PT", false), ("P2D1Y", false),
        ("P1D2H", false), ("P2S", false), ("P1Y2W", false), ("P1", false), ("P২Y", false), ("PT1S2M", false),
        ("P1Y1D", false), ("PT1H1S", false), ("P1Y1Y", false), ("PYD", false), ("PT1HT1M", false),
    ]) func `a duration`(text: String, isOne: Bool) { #expect(TextFormat.duration.accepts(text) == isOne) }

    @Test(arguments: [
        ("2EB8AA08-AA98-11EA-B4AA-73B441D16380", true), ("2eb8aa08-AA98-11ea-B4Aa-73B441D16380", true),
        ("00000000-0000-0000-0000-000000000000", true), ("2eb8aa08-aa98-11ea-b4aa-73b441d1638", false),
        ("2eb8aa08-aa98-11ea-73b441d16380", false), ("2eb8aa08-aa98-11ea-b4ga-73b441d16380", false),
        ("2eb8aa08aa9811eab4aa73b441d16380", false), ("2eb8-aa08-aa98-11ea-b4aa73b44-1d16380", false),
        ("2eb8aa08aa98-11ea-b4aa73b441d16380----", false),
    ]) func `a UUID`(text: String, isOne: Bool) { #expect(TextFormat.uuid.accepts(text) == isOne) }
}
