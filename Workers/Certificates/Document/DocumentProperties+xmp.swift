extension DocumentProperties {
    /// The same as XMP (ISO 16684-1), with the mark of PDF/A-2b or 3b (ISO 19005-2 and -3, 6.6).
    func xmp(part: Int) -> [UInt8] {
        Array(
            """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
             xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
             xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <dc:format>application/pdf</dc:format>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">\(PDFText.xml(title))</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>\(PDFText.xml(author))</rdf:li></rdf:Seq></dc:creator>
            <dc:description><rdf:Alt><rdf:li xml:lang="x-default">\(PDFText.xml(subject))</rdf:li></rdf:Alt></dc:description>
            <dc:language><rdf:Bag><rdf:li>\(PDFText.xml(language))</rdf:li></rdf:Bag></dc:language>
            <xmp:CreateDate>\(date)T00:00:00Z</xmp:CreateDate>
            <xmp:ModifyDate>\(date)T00:00:00Z</xmp:ModifyDate>
            <pdf:Producer>\(Self.producer)</pdf:Producer>
            <pdfaid:part>\(part)</pdfaid:part>
            <pdfaid:conformance>B</pdfaid:conformance>
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """.utf8)
    }
}
