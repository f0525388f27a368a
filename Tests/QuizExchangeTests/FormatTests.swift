import QuizScoring
import Testing

@testable import QuizExchange

@Suite("Plain texts, HTML and Markdown") struct FormatTests {
    private static let truth = Interaction.trueFalse(TrueFalseInteraction(answer: true))

    private func moodle(_ format: String, _ text: String, feedback: String = "") throws -> ImportReport {
        try MoodleImport.read(
            Array(
                """
                <quiz><question type="truefalse"><name><text>n</text></name><questiontext \(format)><text><![CDATA[\(text)]]></text>
                </questiontext>\(feedback)<answer fraction="100" format="moodle_auto_format"><text>true</text></answer>
                <answer fraction="0"><text>false</text></answer></question></quiz>
                """.utf8))
    }

    /// https://docs.moodle.org/en/Moodle_XML_format: html, moodle_auto_format, plain_text or markdown.
    @Test(arguments: [
        (#"format="html""#, "a < b", TextFormat.html), (#"format="plain_text""#, "<p>a</p>", .plain),
        (#"format="markdown""#, "*a*", .markdown), (#"format="moodle_auto_format""#, "a < b", .plain),
        (#"format="moodle_auto_format""#, "a <b>c</b>", .html), ("", "x < y and y > x", .plain), ("", "1<br/>2", .html),
    ])
    func `Moodle's formats are kept`(attribute: String, text: String, format: TextFormat) throws {
        let report = try moodle(attribute, text)
        let question = try #require(report.questions.first)
        #expect(question.format == format && question.prompt == text && report.notes.isEmpty, "\(report.notes)")
        #expect(try MoodleImport.read(Array(MoodleExport.write([question]).text.utf8)).questions == [question])
    }

    @Test func `a text of another format than its question is listed`() throws {
        let feedback = "<generalfeedback format='markdown'><text>*Read*.</text></generalfeedback>"
        let report = try moodle(#"format="html""#, "<p>a</p>", feedback: feedback)
        #expect(
            report.notes.map(\.description) == [
                "Line 2: The text is markdown, that of its question html; it is taken over as it is written."
            ])
    }

    /// https://docs.moodle.org/en/GIFT_format: [html], [moodle], [plain] or [markdown] before the text.
    @Test(arguments: [
        ("[html]<p>a</p>", TextFormat.html), ("[markdown]*a*", .markdown), ("[plain]<p>", .plain), ("a", .plain),
        ("[moodle]a <b>c</b>", .html), ("a <b>c</b>", .html), ("[plain]Tom & Jerry", .plain),
    ])
    func `GIFT's formats are kept`(text: String, format: TextFormat) throws {
        let report = try GIFTImport.read(Array("\(text) {T}".utf8))
        let question = try #require(report.questions.first)
        #expect(question.format == format && report.notes.isEmpty)
        let export = GIFTExport.write([question])
        #expect(export.notes.isEmpty)
        #expect(try GIFTImport.read(Array(export.text.utf8)).questions == [question], "\(export.text)")
    }

    @Test func `markup goes into a QTI item and comes back, and nothing that runs`() throws {
        let prompt = "<p>What is H<sub>2</sub>O &amp; <em>why</em>?</p><ul><li>one<br/></li></ul>"
        let choices = [Choice(id: "a", text: "<b>Water</b>", fraction: 1), Choice(id: "b", text: "2 &lt; 3")]
        let question = Question(
            id: "i", title: "i", prompt: prompt, format: .html,
            interaction: .choice(ChoiceInteraction(choices: choices)))
        let export = QTIExport.write(question)
        #expect(export.notes.isEmpty)
        let back = try #require(try QTIImport.read(Array(export.text.utf8)).questions.first)
        #expect(back.format == .html && back.prompt == prompt)
        guard case .template(let template) = back.interaction else { throw TemplateExpected() }
        #expect(template.labels.map(\.text) == ["<b>Water</b>", "2 &lt; 3"])

        let hostile = export.text.replacing(
            "<em>why</em>", with: "<script>run()</script><em onclick='run()'>why</em><a href='javascript:run()'>x</a>")
        let safe = try #require(try QTIImport.read(Array(hostile.utf8)).questions.first)
        #expect(safe.prompt == prompt.replacing("<em>why</em>", with: "run()<em>why</em>x"))
    }

    private struct TemplateExpected: Error {}

    @Test func `HTML that is no XML is written as it is, and listed`() throws {
        for (format, prompt) in [(TextFormat.html, "a<br>b"), (.markdown, "*a*")] {
            let export = QTIExport.write(Question(id: "i", prompt: prompt, format: format, interaction: Self.truth))
            #expect(
                export.notes.map(\.problem) == ["The \(format) of its texts is written as it is, since it is no XML."])
            let back = try #require(try QTIImport.read(Array(export.text.utf8)).questions.first)
            #expect(back.prompt == prompt && back.format == .plain)
        }
    }

    @Test func `a plain text stays what it is in an item`() throws {
        let question = Question(id: "i", prompt: "a <b> & c", interaction: .essay(EssayInteraction()))
        let export = QTIExport.write(question)
        #expect(try QTIImport.read(Array(export.text.utf8)).questions.first?.prompt == "a <b> & c")
    }
}
