package io.toolgate.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.toolgate.problem.Problem;
import io.toolgate.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results of servers that do not keep to the protocol: nothing that the tool said is lost. */
class OddResultsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // no content
        "{} | []",
        "{'content':null} | []",
        "{'content':[null]} | []",
        "{'content':[null,null]} | []",
        "{'content':[null],'structuredContent':{'a':1}} | {'a':1}",
        "{'content':[7,null],'structuredContent':{'a':1}} | [{'a':1},7]",
        "{'content':[null,{'type':'image','mimeType':'image/png','data':'AAAA'}]} |"
            + " 'data:image/png;base64,AAAA'",
        "{'_meta':{'a':1},'isError':false,'resultType':'complete'} | []",
        "{'structuredContent':{'result':5}} | {'result':5}",
        "{'structuredContent':{'content':null}} | {'content':null}",
        "{'toolResult':{'a':1}} | {'a':1}",
        "{'toolResult':'42'} | '42'",
        "{'answer':42,'_meta':{}} | {'answer':42}",
        "{'content':[],'answer':42} | {'answer':42}",
        "'hello' | 'hello'",
        "[1,2] | [1,2]",
        "7 | 7",
        "null | []",
        // content that is no list
        "{'content':'hello'} | 'hello'",
        "{'content':'42'} | '42'",
        "{'content':{'type':'text','text':'42'}} | 42",
        "{'content':{'a':1}} | {'a':1}",
        "{'content':5} | 5",
        "{'content':false} | [false]",
        // items that are no blocks
        "{'content':['a',5,null,{'a':1},true]} | ['a',5,{'a':1},true]",
        "{'content':[{'text':'a'}]} | {'text':'a'}",
        "{'content':[{'type':null,'text':'a'}]} | {'type':null,'text':'a'}",
        "{'content':[{'type':7}]} | {'type':7}",
        "{'content':[[1],[2]]} | [[1],[2]]",
        // texts
        "{'content':[{'type':'text','text':5}]} | 5",
        "{'content':[{'type':'text','text':{'a':1}}]} | {'a':1}",
        "{'content':[{'type':'text','text':['a']}]} | ['a']",
        "{'content':[{'type':'text','text':false}]} | [false]",
        "{'content':[{'type':'text','value':'a'}]} | {'type':'text','value':'a'}",
        "{'content':[{'type':'text'}]} | ['']",
        "{'content':[{'type':'text','text':null,'_meta':{}}]} | ['']",
        "{'content':[{'type':'text','text':''}]} | ['']",
        "{'content':[{'type':'text','text':' \\n '}]} | [' \\n ']",
        "{'content':[{'type':'text','text':''},{'type':'text','text':'a'}]} | 'a'",
        "{'content':[{'type':'text','text':'a','annotations':{'priority':1},'_meta':{}}]} | 'a'",
        // what Python takes for nothing
        "{'content':[{'type':'text','text':'0'}]} | '0'",
        "{'content':[{'type':'text','text':'false'}]} | 'false'",
        "{'content':[{'type':'text','text':'0.0'}]} | '0.0'",
        "{'content':[{'type':'text','text':'0'},{'type':'text','text':'1'}]} | [0,1]",
        "{'structuredContent':0.0} | [0.0]",
        "{'content':0} | [0]",
        "{'toolResult':false} | [false]",
        "{'content':[null,'x']} | 'x'",
        // texts that begin like a file
        "{'content':[{'type':'text','text':'data: 5'},{'type':'text','text':'b'}]} | [' data:"
            + " 5','b']",
        "{'content':['data: 5','b']} | [' data: 5','b']",
        "{'content':['b',{'type':'resource','resource':{'text':'data:1,2'}}]} | ['b',' data:1,2']",
        "{'structuredContent':['data:,a']} | [' data:,a']",
        "{'content':[{'type':'text','text':'data: 5'}]} | 'data: 5'",
        "{'content':['Data: 5','b']} | ['Data: 5','b']",
        // lists of files
        "{'structuredContent':['data:a/b;base64,AAAA']} | ['The tool gave a file: a/b, 3"
            + " bytes.','data:a/b;base64,AAAA']",
        "{'content':[{'type':'text','text':'[\"data:image/png;base64,AAAA\",\"data:image/png;base64,AAAA\"]'}]}"
            + " | ['data:image/png;base64,AAAA','The tool gave a picture: image/png, 3"
            + " bytes.','data:image/png;base64,AAAA']",
        "{'structuredContent':['',null,'data:a/b,x']} | ['',null,'data:a/b,x']",
        // pictures
        "{'content':'DATA:IMAGE/PNG;base64,AAAA'} | 'data:image/png;base64,AAAA'",
        "{'content':[{'type':'image','mime_type':'image/png','data':'AAAA'}]} |"
            + " 'data:image/png;base64,AAAA'",
        "{'content':[{'type':'image','url':'https://e.org/a.png'}]} |"
            + " {'type':'image','url':'https://e.org/a.png'}",
        "{'content':[{'type':'image','data':''}]} | {'type':'image','data':''}",
        "{'content':[{'type':'image','data':{'a':1}}]} | {'type':'image','data':{'a':1}}",
        "{'content':[{'type':'image','data':'not base64!'}]} | {'type':'image','data':'not"
            + " base64!'}",
        // resources
        "{'content':[{'type':'resource'}]} | {'type':'resource'}",
        "{'content':[{'type':'resource','resource':null,'uri':'x:1'}]} |"
            + " {'type':'resource','resource':null,'uri':'x:1'}",
        "{'content':[{'type':'resource','resource':'file:///a'}]} | 'file:///a'",
        "{'content':[{'type':'resource','resource':{'uri':'x:1'}}]} | {'uri':'x:1'}",
        "{'content':[{'type':'resource','resource':{'uri':'x:1','text':{'a':1}}}]} |"
            + " {'uri':'x:1','text':{'a':1}}",
        "{'content':[{'type':'resource','resource':{'text':'a','blob':7}}]} |"
            + " {'text':'a','blob':7}",
        "{'content':[{'type':'resource','resource':{'text':'a','blob':null}}]} | 'a'",
        "{'content':[{'type':'resource','resource':{'text':'a','blob':''}}]} | 'a'",
        "{'content':[{'type':'resource','resource':{'text':'a','blob':'AAAA','mimeType':'image/png'}}]}"
            + " | ['a','data:image/png;base64,AAAA']",
        "{'content':[{'type':'resource_link'}]} | {'type':'resource_link'}",
        // structured content that is no object, or says less than the content
        "{'structuredContent':[1,2]} | [1,2]",
        "{'structuredContent':5,'content':[{'type':'text','text':'five'}]} | 5",
        "{'structuredContent':0,'content':[{'type':'text','text':'none'}]} | [0]",
        "{'structuredContent':false,'content':[]} | [false]",
        "{'structuredContent':'x'} | 'x'",
        "{'structuredContent':''} | ['']",
        "{'structuredContent':{}} | {}",
        "{'structuredContent':null,'content':[{'type':'text','text':'a'}]} | 'a'",
        "{'structuredContent':{},'content':[{'type':'text','text':'a'}]} | 'a'",
        "{'structuredContent':[],'content':[{'type':'text','text':'a'}]} | 'a'",
        "{'structuredContent':'','content':[{'type':'text','text':'a'}]} | 'a'",
        "{'structuredContent':{},'content':[{'type':'text','text':''}]} | {}",
        "{'structuredContent':[{'type':'text','text':'a'}],'content':[{'type':'text','text':'a'}]}"
            + " | 'a'",
        "{'structuredContent':{'a':1},'content':[{'type':'text','text':'said"
            + " otherwise'},{'type':'hologram'}]} | [{'a':1},{'type':'hologram'}]",
        // no error
        "{'isError':false,'content':[{'type':'text','text':'a'}]} | 'a'",
        "{'isError':'false','content':[{'type':'text','text':'a'}]} | 'a'",
        "{'isError':0.0,'content':'a'} | 'a'",
        "{'isError':'0','content':'a'} | 'a'",
        "{'isError':'False','content':'a'} | 'a'",
        "{'isError':0,'content':[{'type':'text','text':'a'}]} | 'a'",
        "{'isError':null,'content':[{'type':'text','text':'a'}]} | 'a'",
      })
  void losesNothing(String result, String answer) throws JsonProcessingException {
    assertEquals(json(answer).toString(), ToolResult.toJson(json(result)).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "image/png | AAAA | data:image/png;base64,AAAA",
        "image/png; name=a | AAAA | data:image/png;base64,AAAA",
        "IMAGE/PNG | AAAA | data:image/png;base64,AAAA",
        "image/x-icon+a | AAAA | data:image/x-icon+a;base64,AAAA",
        // what is a URI already
        "image/png | data:image/gif;base64,AAAA | data:image/gif;base64,AAAA",
        "image/png | https://e.org/a.png | https://e.org/a.png",
        "image/png | ` http://e.org/a.png\\n` | http://e.org/a.png",
        "image/png | s3://bucket/a.png | s3://bucket/a.png",
        "image/png | blob:https://e.org/1 | blob:https://e.org/1",
        "image/png | DATA:IMAGE/GIF;base64,AAAA | data:image/gif;base64,AAAA",
        "image/png | data:;base64,AAAA | data:image/png;base64,AAAA",
        "image/png | data:application/octet-stream;base64,AAAA | data:image/png;base64,AAAA",
        "application/octet-stream | iVBORw0KGgoA | data:image/png;base64,iVBORw0KGgoA",
        "`` | UklGRhAgMEBXRUJQ | data:image/webp;base64,UklGRhAgMEBXRUJQ",
        // base64 as it should not be
        "image/png | AAAA\\nBBBB\\r\\n | data:image/png;base64,AAAABBBB",
        "image/png | -_-_ | data:image/png;base64,+/+/",
        "image/png | AAA | data:image/png;base64,AAA=",
        "image/png | AA | data:image/png;base64,AA==",
        "image/png | AA= | data:image/png;base64,AA==",
        // no media type
        "png | iVBORw0KGgoA | data:image/png;base64,iVBORw0KGgoA",
        "image/ | /9j/AAAA | data:image/jpeg;base64,/9j/AAAA",
        "`image/png,<script>` | R0lGODlh | data:image/gif;base64,R0lGODlh",
      })
  void aPictureIsAUri(String mimeType, String data, String uri) throws JsonProcessingException {
    String image = "{'type':'image','mimeType':'" + mimeType + "','data':'" + data + "'}";

    assertEquals(json("'" + uri + "'"), ToolResult.toJson(json("{'content':[" + image + "]}")));
    assertEquals(
        json("'" + uri + "'"),
        ToolResult.toJson(
            json(
                "{'content':[{'type':'resource','resource':{'mimeType':'%s','blob':'%s'}}]}"
                    .formatted(mimeType, data))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'isError':true,'content':[{'type':'text','text':'a'}]} | a",
        "{'isError':'true','content':[{'type':'text','text':'a'}]} | a",
        "{'isError':1,'content':[{'type':'text','text':'a'}]} | a",
        "{'isError':'True','content':'a'} | a",
        "{'isError':'1','content':'a'} | a",
        "{'isError':1.0,'content':'a'} | a",
        "{'isError':0.5,'content':'a'} | a",
        "{'isError':' yes','content':'a'} | a",
        "{'isError':true,'content':[{'type':'text','text':'data:a/b;base64,AAAA'}]} "
            + "| The tool gave a file: a/b, 3 bytes.",
        "{'isError':true,'content':'a'} | a",
        "{'isError':true,'content':['a',{'type':'text','text':'b'}]} | a\\nb",
        "{'isError':true,'content':[{'type':'text','text':' '}]} "
            + "| The tool reported an error and gave no reason.",
        "{'isError':true,'structuredContent':{}} | The tool reported an error and gave no reason.",
        "{'isError':true,'structuredContent':{'code':7}} | {\"code\":7}",
        "{'isError':true,'structuredContent':{'code':7},'content':[{'type':'text','text':'a'}]} "
            + "| a\\n{\"code\":7}",
        "{'isError':true,'structuredContent':{'code':7},"
            + "'content':[{'type':'text','text':'{\\\"code\\\": 7}'}]} | {\"code\": 7}",
        "{'isError':true,'structuredContent':'why'} | why",
        "{'isError':true,'message':'why'} | {\"message\":\"why\"}",
        "{'isError':true,'toolResult':'why'} | why",
        "{'isError':true,'content':[{'type':'text','text':{'code':7}}]} | {\"code\":7}",
        "{'isError':true,'content':[{'type':'hologram','depth':3}]} "
            + "| {\"type\":\"hologram\",\"depth\":3}",
        "{'isError':true,'content':[{'type':'resource','resource':{'text':'why'}}]} | why",
        "{'isError':true,'content':[{'type':'resource_link','uri':'x:1'}]} | {\"uri\":\"x:1\"}",
        "{'isError':true,'content':[{'type':'image','mimeType':'image/png','data':'AAAA'}]} "
            + "| The tool gave a picture: image/png, 3 bytes.",
        "{'isError':true,'content':[{'type':'text','text':'a'},{'type':'text','text':'b\\u0000'}]} "
            + "| a\\nb\uFFFD",
      })
  void anErrorSaysAllThatTheToolSaid(String result, String detail) throws Exception {
    JsonNode read = json(result);

    ProblemException problem = assertThrows(ProblemException.class, () -> ToolResult.toJson(read));

    assertEquals(Problem.TOOL_FAILED, problem.problem());
    assertEquals(detail.replace("\\n", "\n"), problem.detail());
  }
}
