"""First names for the character model: facts, written down by hand for this project.

Most are common in Europe and America, some elsewhere; spelt with a to z only (zoe, jose); each once.
"""

NAMES = """
aaron abby abdul abel abigail abraham ada adam adele adelina aditya adrian adriana agatha agnes ahmed aida aiden aiko
aileen aimee aisha akira alan alana albert alberto alejandro alessia alex alexander alexandra alexis alfie alfred ali
alice alicia alina alison aliyah allan allegra alma alonzo alvin alyssa amal amanda amara amber amelia amelie amina
amir amit amos amy ana anastasia anders andre andrea andreas andrew andy angela angelica angelo angus anika anil anita
anja anna annabel anne annette annika ansel anthony antoine anton antonia antonio anya april arabella archie ariana
ariel arjun arlo armando arnold arthur arun asha asher ashley astrid atticus aubrey audrey august augusta aurelia
aurora austin ava avery axel ayaan ayesha aziz

barbara barnaby barry bartholomew basil bastian beatrice beatrix beau becky belinda bella ben benedict benjamin
bernard bernardo bertha beth bethany betty beverley bianca bill billy bjorn blake blanca bob bonnie boris brad bradley
brandon brenda brendan brett brian bridget brigitte bronwyn bruce bruno bryan bryony byron

caitlin caleb calvin cameron camila camille candice cara carina carl carla carlos carmen carol carolina caroline
carrie carson carter casey caspar cassandra catherine cecil cecilia cedric celeste celia celine cesar chandra chantal
charles charlie charlotte chelsea chen cheryl chiara chloe chris christian christina christine christopher cillian
cindy claire clara clarence clarissa claude claudia clement clementine cleo clifford clint clive clyde cody cole
colette colin colleen connie connor conrad constance cora coral cordelia corey cormac cornelia cosmo courtney craig
cristina crystal curtis cynthia cyril cyrus

daisy dale damian dana daniel daniela danielle danny daphne dara daria dario darius darren dave david dawn dean
deborah declan deepak deirdre delia della delphine denis denise dennis derek desmond devi devon dexter diana diane
diego dieter dimitri dina dinah dirk dmitri dolores dominic dominique don donald donna dora doreen doris dorothea
dorothy dougal douglas duncan dustin dwight dylan

eamon earl edgar edie edith edmund edna eduardo edward edwin eileen elaine eleanor elena eli elias elijah elin elisa
elisabeth elise elizabeth ella ellen elliot ellis elmer elodie eloise elsa elsie elton elvira emanuel emil emilia
emilio emily emma emmanuel emmett enid enrico enrique enzo eric erica erik erin ernest ernesto esme esteban estelle
esther ethan ethel etta eugene eugenia eunice eva evan evangeline eve evelyn ewan ezra

fabian fabio faith farah farid fatima fay felicia felicity felipe felix ferdinand fernanda fernando fidel filip finlay
finn fiona flavia fleur flora florence florian floyd frances francesca francis francisco frank franklin franz fraser
fred freda freddie frederica frederick freya frida fritz

gabriel gabriela gail gareth garfield garrett gary gavin gemma gene genevieve geoffrey george georgia georgina gerald
geraldine gerard gerda gertrude gia gideon gilbert giles gillian gina ginger giorgio giovanna giovanni gisela giselle
giulia gladys glen glenda gloria gordon grace graham grant greg gregory greta griffin guido guillermo gunnar gus
gustav gwen gwendolyn

haley hamish hana hank hannah hans harald harold harper harriet harrison harry harvey hassan hattie hayden hazel heath
heather hector heidi heinrich helen helena helga henri henrietta henrik henry herbert herman hilary hilda hiroshi
holly homer hope horace howard hubert hugh hugo humphrey

ian ibrahim ida idris ignacio igor ilona ilse iman imogen imran ina india ines inga ingrid ioana ira irene irina iris
irma irving isaac isabel isabella isabelle isadora isaiah isha ishaan ismael isobel ivan ivor ivy

jack jackie jackson jacob jacqueline jacques jade jaime jake jamal james jamie jan jana jane janet janice jared
jasmine jason jasper javier jay jean jeanette jeff jemima jenna jennifer jenny jens jeremiah jeremy jerome jerry jesse
jessica jesus jill jim jimmy jin jing joan joanna joaquin jocelyn jodie joe joel johan johanna john johnny jolene jon
jonah jonas jonathan jordan jorge jose josefina joseph josephine joshua josiah joy joyce juan juanita judith judy
jules julia julian juliana julie juliet julio julius june juno jurgen justin justine

kai kamal kamila kara kareem karen karim karin karl karla kasper kate katherine kathleen katie katrina katya kay kayla
keira keith kelly kelvin ken kendra kenji kenneth kenny kevin khalid kieran kim kimberly kingsley kira kiran kirk
kirsten kirsty kit klara klaus knut krishna kristen kristina kumar kurt kyle kylie

laila lana lance lara lars laszlo laura laurel lauren laurence lavinia lawrence layla lea leah leander leandro lee
leila lena lenny leo leon leona leonard leonardo leonie leonora leopold leroy leslie lester letitia levi lewis lexi
liam lidia liesel lila lilian lily lin lina linda lindsay linus lionel lisa lise livia liz liza lloyd logan lois lola
lorena lorenzo loretta lorna lorraine lottie lou louis louisa louise lourdes luca lucas lucia lucian lucille lucinda
lucius lucy ludwig luigi luis luisa luka luke luna luther lydia lyle lynn lyra

mabel mackenzie madeleine madison mae maeve magda magdalena maggie magnus mai maisie malcolm malik mandy manfred
manuel manuela mara marc marcel marcela marcia marco marcus margaret margarita margot maria mariam marian mariana
marie marilyn marina mario marion marisa marisol marjorie mark marlene marlon marshall marta martha martin martina
marvin mary mason mateo mathilda matilda matteo matthew matthias maud maureen maurice maurizio mavis max maxim
maximilian maxine maya mehmet mei mel melanie melinda melissa melody melvin mercedes meredith mia michael michaela
michel michelle miguel mika mikhail mila milan mildred miles millie milo milton mimi mina minerva ming minnie mira
miranda miriam mohammed moira molly mona monica monique morgan moritz morris moses muhammad muriel myra myrtle

nadia nadine nadira nancy naomi natalia natalie natasha nathan nathaniel neil nell nella nelson nettie neville nia
niamh nicholas nick nico nicola nicolas nicole nigel nikhil nikita nikolai nils nina nisha noah noel noelle noemi nora
norbert noreen norma norman nuala

octavia octavio odette olaf oleg olga olive oliver olivia olwen omar opal ophelia orlando orson oscar oskar osman
oswald otis otto owen

pablo paige paloma pamela paola paolo pascal pat patience patricia patrick paul paula paulina pauline pearl pedro
peggy penelope penny percival percy perry petal pete peter petra petros petunia phil philip philippa phineas phoebe
phyllis pia pierre piers pilar piotr piper polly poppy prakash preston primrose priscilla priya prudence

quentin quincy quinn

rachel rafael rafferty ragnar rahul raj raja rajesh ralph ramon ramona randall randy raphael raquel rashid raul ravi
ray raymond reba rebecca reece regina reginald reinhard remy renata rene renee reuben rex rhea rhiannon rhoda rhys
ricardo richard rick riley rita river rob robert roberta roberto robin robyn rocco rocio roderick rodney rodrigo roger
rohan roland rolf roman romeo romy ron ronald ronan rory rosa rosalie rosalind rosamund rose rosemary rosie ross rowan
rowena roxana roy ruby rudolf rudy rufus rupert russell ruth ryan

sabina sabine sabrina sadie saffron said sally salma salvador sam samantha samir samson samuel sandra sanjay santiago
sara sarah sasha saskia saul savannah scarlett scott seamus sean sebastian selena selina selma serena serge sergei
sergio seth shane shannon sharon shauna sheila shelby shelley sheryl shirley shreya sid sidney siegfried sienna
sigmund sigrid silas silvia simon simona simone sinead siobhan skye sofia sol solomon sonia sonja sophia sophie soren
spencer stacey stan stanley stefan stella stephanie stephen steve steven stewart stuart sue suki sullivan sunil susan
susanna sven sylvester sylvia

tabitha tamara tamsin tania tara tariq tasha tatiana taylor ted terence teresa terry tess tessa thaddeus thalia thea
thelma theo theodora theodore theresa thomas thora thorsten tiffany tilda tim timothy tina tobias toby todd tom tomas
tommy toni tony tracy travis trevor trina tristan trudy tucker tyler tyrone

ulrich ulrika uma umar una ursula

valentina valentine valeria valerie vanessa vaughn vera verity vernon veronica vicky victor victoria vijay vikram
vincent viola violet virgil virginia vito vivian vivienne vladimir

wade walter wanda ward warren wayne wendy wilbur wilfred wilhelm will willa william willow wilma winifred winona
winston wolfgang woody wyatt

xander xavier xena ximena

yael yan yara yasmin yasmine yolanda yosef yuki yuri yusuf yvette yvonne

zachary zahra zainab zane zara zeke zelda zoe zoltan zora zuleika
""".split()
