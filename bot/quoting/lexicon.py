"""The words that the rules go by: cues, titles, roles, organisations, given names. English only."""

from bot.quoting.given_names import FEMALE_NAMES as FEMALE_NAMES
from bot.quoting.given_names import GIVEN_NAMES as GIVEN_NAMES
from bot.quoting.given_names import MALE_NAMES as MALE_NAMES
from bot.quoting.given_names import words as words

# --- cues: verbs that report speech or writing ------------------------------------------------------

# Followed by a clause ("said that …", "said …") as well as beside quotation marks.
SPEECH_PAST = words(
    "said told wondered added wrote tweeted posted insisted claimed argued warned stated asserted remarked noted "
    "explained announced declared acknowledged admitted conceded maintained replied responded answered countered "
    "retorted recalled suggested confirmed denied reiterated repeated stressed emphasised emphasized concluded "
    "complained joked quipped mused lamented observed commented contended alleged revealed testified vowed pledged "
    "promised predicted disclosed cautioned continued asked urged boasted pleaded shouted yelled whispered "
    "protested objected assured reported clarified estimated proclaimed opined elaborated hinted implied quoth "
    "interjected shrugged sighed laughed grinned snapped exclaimed cried recounted highlighted speculated bemoaned "
    "rejoined ventured chimed reflected texted emailed messaged blogged briefed signalled signaled advised "
    "counselled counseled agreed indicated"
)
SPEECH_PRESENT = words(
    "says tells adds writes tweets insists claims argues warns states asserts remarks notes explains announces "
    "declares acknowledges admits concedes maintains replies responds recalls suggests confirms denies stresses "
    "emphasises emphasizes concludes complains jokes observes comments contends alleges reveals testifies vows "
    "pledges promises predicts cautions continues asks urges boasts estimates reports"
)
SPEECH_BASE = words("say tell claim argue warn insist note suggest allege contend maintain complain predict believe acknowledge concede")
SPEECH_PARTICIPLE = words(
    "saying telling adding writing tweeting posting insisting claiming arguing warning stating asserting remarking "
    "noting explaining announcing declaring acknowledging admitting conceding maintaining replying responding "
    "recalling suggesting confirming denying stressing emphasising emphasizing concluding complaining joking "
    "observing contending alleging revealing vowing pledging promising predicting cautioning quipping boasting "
    "highlighting reiterating"
)
# Followed by an object, not by a clause: "accused Labour of …", "called the plan …", "urged them to …".
ACT_PAST = words(
    "accused called described denounced condemned criticised criticized blamed branded dismissed demanded praised "
    "blasted slammed hailed welcomed decried defended mocked ridiculed rejected urged labelled labeled dubbed "
    "characterised characterized derided lambasted attacked"
)
ACT_PRESENT = words("accuses calls describes denounces condemns criticises criticizes blames demands praises urges dismisses brands")
ACT_PARTICIPLE = words(
    "accusing calling describing denouncing condemning criticising criticizing blaming branding demanding praising "
    "urging dismissing hailing"
)

# What is written says something, right before the words only: `a sign on the door read: "…"`.
READINGS = words("read reads reading")
SIGNS = words("sign banner placard poster caption inscription plaque headline chalkboard note slogan plate sticker card")

SPEECH = SPEECH_PAST | SPEECH_PRESENT | SPEECH_BASE | SPEECH_PARTICIPLE
ACTS = ACT_PAST | ACT_PRESENT | ACT_PARTICIPLE
PARTICIPLES = SPEECH_PARTICIPLE | ACT_PARTICIPLE
CUES = SPEECH | ACTS | READINGS

# Verbs that report only where quotation marks or "that" follow ("continued to rise", "answered the door").
WEAK = words(
    "shrugged sighed laughed grinned snapped continued continues posted asked asks responded responds answered "
    "agreed reported reports reflected signalled signaled indicated briefed advised recounted emailed messaged "
    "texted objected protested shouted yelled cried repeated observed observes recalled recalls noted notes "
    "maintained maintains maintain promised promises pledged pledges vowed vows ventured rejoined chimed announced "
    "announces revealed reveals highlighted comments commented remarks predicted predicts predict claim note "
    "estimates estimated assured states testified testifies believe reiterated disclosed denied denies confirmed "
    "confirms acknowledged acknowledges acknowledge hinted implied suggest suggests suggested highlighting posting "
    "writing"
)
# They go with words, but are no words: cues only right behind a quotation.
GESTURES = words("shrugged sighed laughed grinned snapped smiled nodded")
# The same form is a noun after these ("the claims", "their reports").
DETERMINERS = words("the a an this that these those his her its their our my your no any some such latest recent new false many several")
NOUN_LIKE = words(
    "claims reports notes states comments remarks estimates claim note report promises vows pledges jokes calls urges demands brands"
)

# Words with which a noun phrase begins.
PHRASE_OPENERS = words("the a an his her their its our one another some several many both two three four five this that these those")
FINITE_VERBS = words(
    "is was were are has had have will would can could did does do been be became becomes went came made took got gave says said"
)

# An addressee or a circumstance may stand between the cue and what is said.
ADDRESSING = words("told tells telling tell asked asks assured urged")
AUXILIARIES = words(
    "has have had also then later once again now already still even just first himself herself themselves themself "
    "will would could did does do is was were are be been being repeatedly recently famously never always often "
    "further"
)
NEGATIONS = words(
    "not never n't neither nor didn't doesn't don't won't wouldn't hasn't haven't hadn't without declined refused failed nobody"
)
PASSIVE_BE = words("is are was were be been being get got gets")

CLAUSE_BREAKS = words(
    "that which while because when if although though whereas unless until since after before as where whether how "
    "why what so than but and or then"
)
RELATIVES = words("who whom which that")
PREPOSITIONS = words(
    "of for from at in on with by to about into over under after before during through against between among near "
    "outside inside behind across via per"
)

# --- people, organisations, documents ----------------------------------------------------------------

MALE_PRONOUNS = words("he him his himself")
FEMALE_PRONOUNS = words("she her hers herself")
PLURAL_PRONOUNS = words("they them their themselves we both")
SUBJECT_PRONOUNS = words("he she they it i we you")
PRONOUNS = (
    SUBJECT_PRONOUNS
    | MALE_PRONOUNS
    | FEMALE_PRONOUNS
    | PLURAL_PRONOUNS
    | words("who this that one both many some others most all these those")
)

MALE_TITLES = words("mr sir lord baron father brother king prince duke monsignor")
FEMALE_TITLES = words("mrs ms miss dame lady baroness sister queen princess duchess mme madame")
# Titles that say nothing of what somebody does.
COURTESY_TITLES = MALE_TITLES | FEMALE_TITLES | words("dr prof professor rev reverend hon sri smt shri fr sr")
GIVEN_NAME_TITLES = words("sir dame lord lady baroness king queen prince princess pope sister brother father")
TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | words(
        "actor actress nurse singer author boss ceo captain striker chef det insp supt const pc dc ds attorney "
        "solicitor barrister dr fr sr prof professor president vice-president ex-president prime minister first deputy "
        "premier taoiseach tanaiste tánaiste chancellor secretary senator sen rep representative congressman "
        "congresswoman congressperson gov governor mayor mp msp mep td councillor cllr clr cr coun councilman councilwoman judge "
        "justice sheriff general gen colonel col capt major maj lieutenant lt sergeant sgt commander admiral inspector "
        "superintendent detective constable commissioner ambassador speaker chairman chairwoman chair chief executive "
        "director leader rev reverend bishop archbishop cardinal pope rabbi imam sheikh coach manager spokesman "
        "spokeswoman spokesperson defence defense home foreign health environment shadow treasury business education "
        "transport undersecretary under-secretary officer vice attorney-general solicitor-general sri smt shri hon "
        "reps sens govs professors senators representatives presidents ministers governors judges justices "
        "correspondent supervisor strategist lawmaker nominee candidate front-runner frontrunner economist pollster "
        "columnist reporter host pundit activist treasurer freeholder comptroller assemblyman assemblywoman delegate analyst adviser "
        "advisor editor"
    )
)
# What may stand before a title or a name without being part of it ("Labour MP Sofia Patel").
PARTY_WORDS = words(
    "labour tory conservative liberal democrat republican democratic gop green reform uk snp dup sinn fein fine "
    "gael fianna fail bjp congress british american english scottish welsh irish indian australian canadian french "
    "german russian chinese israeli european us u.s u.s. eu former"
)
ORGANISATION_WORDS = words(
    "party commission institute university college council committee association union court bank police ministry "
    "department office agency authority board bureau campaign club company corporation corp inc ltd plc llc group "
    "foundation trust society federation congress parliament senate house assembly government administration "
    "cabinet treasury guardian times post telegraph journal tribune herald news mail sun mirror press network tv "
    "channel radio television broadcasting bbc cnn reuters coalition alliance movement league centre center school "
    "hospital service services force army navy church organisation organization partnership convention conference "
    "community airlines airways motors energy partners labs laboratory museum gallery forum fund exchange democrats "
    "republicans tories labour conservatives liberals greens unionists regulator watchdog consortium cooperative "
    "co-operative line lines ferries port harbour harbor terminal observer chronicle gazette courier dispatch star "
    "record standard express week magazine podcast report complaint letter"
)
ORGANISATION_NOUNS = words(
    "campaign party government council company firm union charity group committee commission agency ministry "
    "department team administration police thinktank think-tank club court regulator watchdog board association "
    "opposition coalition bank hospital school university office newspaper paper organisation organization "
    "authority federation institute inquiry panel embassy palace force outlet website network broadcaster"
)
DOCUMENT_NOUNS = words(
    "complaint regulations constitution manifesto report letter statement filing lawsuit memo email e-mail document "
    "documents study survey poll polls review ruling judgment judgement affidavit indictment petition post tweet "
    "article editorial book transcript dossier audit paper notice advert ad leaflet submission analysis research "
    "data findings reports records message note papers rules guidance website blog column release communique "
    "communiqué"
)
PERSON_NOUNS = words(
    "counterpart predecessor successor rival rivals colleague colleagues figure figures spokesman spokeswoman "
    "spokesperson minister secretary president strategist mayor leader adviser advisor official officials senator "
    "congressman congresswoman governor chairman chairwoman chair director manager executive lawyer attorney "
    "counsel analyst expert experts professor researcher economist author journalist reporter editor doctor nurse "
    "teacher farmer officer detective judge witness resident residents neighbour neighbor voter voters worker "
    "workers critics supporters activists campaigners protesters source sources aide aides ally allies candidate "
    "candidates nominee politician politicians mp mps peer councillor councillors lawmaker lawmakers chief head "
    "founder owner coach captain player insider insiders prosecutor prosecutors investigators investigator "
    "scientists scientist student students mother father brother sister son daughter wife husband man woman boy "
    "girl friend veteran chancellor premier commissioner ambassador diplomat diplomats commentator commentators "
    "people democrats republicans conservatives staff representative representatives engineer skipper fisherman "
    "pilot historian pollster pollsters barrister solicitor banker trader investor investors driver campaigner "
    "organiser organizer volunteer volunteers shopkeeper landlord tenant tenants traders co-founder deputy vice- "
    "president spokespeople speaker superintendent inspector member members lady host anchor moderator columnist "
    "mogul businessman billionaire"
)
FEMALE_NOUNS = words(
    "spokeswoman chairwoman congresswoman councilwoman businesswoman mother sister daughter wife woman girl actress lady grandmother widow"
)
MALE_NOUNS = words(
    "spokesman chairman congressman councilman businessman father brother son husband man boy fisherman grandfather gentleman"
)

# Capitalised only because a sentence begins with them, or never a name.
NEVER_NAMES = words(
    "the a an this that these those he she it they we i you his her its their our my your who what when where why "
    "how which there here in on at by for from with of to as if but and or nor so yet not no yes all any both each "
    "either neither some many most more few much several other another such after before during since until while "
    "although though because unless whether under over between among about against through into onto upon within "
    "without inside outside across behind beyond despite except like near off out past up down again also however meanwhile "
    "moreover furthermore instead indeed then thus therefore otherwise still even just only now today yesterday "
    "tomorrow monday tuesday wednesday thursday friday saturday sunday january february march april june july "
    "august september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept "
    "oct nov dec asked speaking writing according earlier later last next first second third finally historically "
    "politically officially reportedly experts officials critics supporters voters residents police sources people "
    "polls one two three four five six seven eight nine ten hundreds thousands millions once perhaps maybe nothing "
    "something everything anyone everyone someone nobody read watch see click share subscribe donate partner photo "
    "image video breaking exclusive updated live will would could should can may might must do does did is are was "
    "were be been has have had let please thank thanks well oh ok okay hello dear says said pac pacs"
)

POSTNOMINALS = words("kc qc sc mbe obe cbe kbe dbe mp msp mep ms td mla phd md frs am ao ac")
NAME_PARTICLES = words("ó uí ua ní nic dos das do st san de da di du del della der van von bin ibn al el la le ap ni mac mc o")

ABBREVIATIONS = words(
    "mr mrs ms dr prof sen rep gov gen col capt lt sgt maj st jr sr inc ltd corp co vs no etc e.g i.e u.s u.k u.n "
    "d.c a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec rev hon ave dept est messrs cllr supt insp mt ft "
    "fr reps coun clr"
)
