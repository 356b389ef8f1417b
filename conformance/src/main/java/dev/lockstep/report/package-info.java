/**
 * What a folder of results says, for a person ({@link dev.lockstep.report.HtmlReport}) and for a build server
 * ({@link dev.lockstep.report.JUnitXml}); and one behaviour in it, drawn ({@link dev.lockstep.report.Drawing}).
 *
 * <p>It reads the JSON results and the texts that are packed beside it (claims, quotations, specification, Java
 * sources), and nothing else: no other package of the project is used. A result that is missing is shown as NOT RUN.
 * The same results give the same bytes.
 */
package dev.lockstep.report;
